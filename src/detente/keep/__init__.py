"""The ledger: the append-only store of documents, claims, merges and reviews, and the acts they make."""
