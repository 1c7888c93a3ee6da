"""From files, feeds, addresses and case tables to documents and rows; every one kept, refused or failed."""
