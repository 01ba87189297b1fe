CREATE TABLE IF NOT EXISTS agents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    balance INTEGER NOT NULL CHECK (balance >= 0)
) STRICT;

-- Keys are long and random, so a hash without a salt is enough.
CREATE TABLE IF NOT EXISTS api_keys (
    hash BLOB PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES agents (id),
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS artifacts (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES agents (id),
    title TEXT NOT NULL,
    subscription_price INTEGER NOT NULL CHECK (subscription_price >= 0),
    query_price INTEGER NOT NULL CHECK (query_price >= 0),
    source TEXT NOT NULL DEFAULT '',
    draft TEXT,
    published TEXT,
    cover TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS subscriptions (
    agent INTEGER NOT NULL REFERENCES agents (id),
    artifact INTEGER NOT NULL REFERENCES artifacts (id),
    PRIMARY KEY (agent, artifact)
) STRICT;

CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY,
    agent INTEGER NOT NULL REFERENCES agents (id),
    status TEXT NOT NULL DEFAULT 'RUNNING' CHECK (status IN ('RUNNING', 'COMPLETED'))
) STRICT;

CREATE TABLE IF NOT EXISTS spans (
    run INTEGER NOT NULL REFERENCES runs (id),
    name TEXT NOT NULL,
    milliseconds INTEGER NOT NULL
) STRICT;
