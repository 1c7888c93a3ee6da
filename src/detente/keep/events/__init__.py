"""The event table: Parquet parts that any engine reads, a journal that says which of them count, and nothing ever counted twice.

`parts` is the folder and its journal, `arrivals` turns batches of published rows into rows of the table and decides their fate, `codes` lends it
the tables of codes and states. The rows' SQL stands in a file a dataset beside this one.
"""
