"""timtin beside other engines and segmenters, on the same articles and queries, in one run: ``python -m benchmarks.peers``.

`model` says what a peer is; one module each holds them (`timtin`, `tantivy`, `whoosh`, `fts5`, `bm25s`, `rank_bm25`, `opensearch`,
`segmenters`), set up as its own documentation advises and saying how. `sources` finds what all of them get, `task` lays it out,
`child` is the process that measures one of them (`usage` reads what it used), `run` starts those processes in turns. `figures` makes
ratios of what they tell, `table` prints them and `chart` draws them.
"""
