"""The command line: one file a family of commands; each parses, calls the pipeline and prints."""
