"""Event datasets as they are published: files of millions of rows, opened as streams and handed on in batches of text columns.

`streams` opens what is packed, `lines` and `quoted` part it into rows, `layouts` knows the columns, `batches` joins the three; `maps` reads
a user's own table. A row is never dropped here: it is in a batch, or it stands among the batch's broken rows with its line and the reason.
"""
