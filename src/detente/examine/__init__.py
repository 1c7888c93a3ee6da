"""Single examinations of promises, receptions, firsts and exceptions. Pure."""
