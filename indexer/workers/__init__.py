"""The work on a batch of inputs: in this process, or in others that may hang, die or take too much without harm.

`hand` does the work: `prepare` turns pages and records into documents with their digests, `analyse` those that are wanted into
what back-ends receive. Between the two the run decides, in the order of the inputs, what is new. `team` says what the run sees of
whoever works; `local` is this process; `pool` are worker processes (`process` is one of them, `jobs` what they have in hand).
"""
