"""The sub-commands that need a store, by what they are for; `rashomon.cli` gathers them."""
