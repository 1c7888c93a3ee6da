"""The local web application: the other face of the pipeline."""
