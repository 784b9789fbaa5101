"""Fetching: addresses -> polite requests -> WARC files. The one room of the product that asks other machines for anything.

In the order a page takes: `lists` and `discover` find addresses, `urls` cleans them, `run` decides what is due (`state`
remembers what is done), `robots` and `politeness` say whether and when, `follow` goes along redirects, `client` makes one
request over a `connection` whose `addresses` were checked, `warc` keeps the answer, `report` counts.

`setup.open_fetcher` puts these together.
"""
