"""What answers are held against: published data sets, read from a folder, and the project's own pairs of claims.

For `train/`, `benchmarks/` and `tests/`: an editable installation, as `make setup` makes it, finds it beside
`rashomon`; what is published of the project leaves it out. `benchmarks/README.md` says what the folder holds.
"""
