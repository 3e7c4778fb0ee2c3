"""How a store of one version becomes one of the next: revisions in order, never changed once they are out."""
