"""What Alembic runs: the migrations on the connection that `rashomon.store.versions` hands it."""

from __future__ import annotations

from alembic import context

link = context.config.attributes["link"]
context.configure(connection=link, transactional_ddl=True, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
