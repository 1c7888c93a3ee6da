"""From acts to a verdict: the question, the evidence, the rules. Pure."""
