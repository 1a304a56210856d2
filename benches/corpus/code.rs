//! Eighteen lines of code in each of seven languages; `NAME`, `OTHER` and `NUMBER` become something else in each block.

/// The languages and their code.
pub const CODE: [(&str, &str); 7] = [
    ("rust", RUST),
    ("python", PYTHON),
    ("javascript", JAVASCRIPT),
    ("go", GO),
    ("bash", BASH),
    ("sql", SQL),
    ("yaml", YAML),
];

const RUST: &str = r#"use std::collections::HashMap;

/// Counts each OTHER of a NAME.
#[derive(Debug, Default)]
pub struct Counter {
    seen: HashMap<String, usize>,
}

impl Counter {
    pub fn add(&mut self, name: &str) -> Option<usize> {
        let count = self.seen.entry(name.to_owned()).or_insert(NUMBER);
        *count += 1; // the NAME is known now
        match *count {
            0 => None,
            n => Some(n),
        }
    }
}"#;

const PYTHON: &str = r#"import json
from dataclasses import dataclass, field


@dataclass
class Store:
    """Keeps a NAME until its OTHER is gone."""

    limit: int = NUMBER
    items: dict[str, list[int]] = field(default_factory=dict)

    def put(self, key: str, value: int) -> bool:
        held = self.items.setdefault(key, [])
        if len(held) >= self.limit:
            raise ValueError(f"too many: {key!r}")
        held.append(value)  # the newest comes last
        print(json.dumps({"key": key, "count": len(held)}))
        return True"#;

const JAVASCRIPT: &str = r#"import { createServer } from "node:http";

const limit = NUMBER;
const counts = new Map();

/** Answers with the NAME that was asked for. */
export async function handle(request, response) {
  const url = new URL(request.url, "http://localhost");
  const name = url.searchParams.get("name") ?? "OTHER";
  counts.set(name, (counts.get(name) || 0) + 1);
  if (counts.get(name) > limit) {
    response.writeHead(429, { "retry-after": "60" });
    return response.end();
  }
  response.end(JSON.stringify({ name, count: counts.get(name) }));
}

createServer(handle).listen(8080); // NAME"#;

const GO: &str = r#"package main
import (
	"fmt"
	"sync"
)

type Pool struct {
	mu    sync.Mutex
	items map[string]int
}

// Take returns the NAME of an OTHER.
func (p *Pool) Take(key string) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if value, ok := p.items[key]; ok && value > NUMBER { return value, nil }
	return 0, fmt.Errorf("no NAME for %q", key)
}"#;

const BASH: &str = r#"#!/usr/bin/env bash
set -euo pipefail

# Restarts the NAME when its OTHER is stale.
limit=NUMBER
folder="${1:-/var/lib/NAME}"

for file in "$folder"/*.log; do
  [ -e "$file" ] || continue
  lines=$(wc -l < "$file")
  if [[ $lines -gt $limit ]]; then
    echo "rotating $file" >&2
    mv -- "$file" "$file.$(date +%s)"
    gzip --best "$file".* && rm -f "$file.tmp"
  fi
done

curl --silent --fail "http://localhost:8080/health" | grep -q 'ok'"#;

const SQL: &str = r#"-- Which NAME is asked for most.
CREATE TABLE IF NOT EXISTS visits (
    id         BIGINT PRIMARY KEY,
    name       VARCHAR(80) NOT NULL,
    visited_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX visits_by_name ON visits (name, visited_at);

WITH recent AS (
    SELECT name, COUNT(*) AS total
    FROM visits
    WHERE visited_at > '2026-01-01' AND name <> 'OTHER'
    GROUP BY name
)
SELECT name, total, RANK() OVER (ORDER BY total DESC) AS place
FROM recent
HAVING total > NUMBER;"#;

const YAML: &str = r#"# The NAME and its OTHER.
version: "3.9"
services:
  NAME:
    image: "registry.example/NAME:NUMBER"
    restart: unless-stopped
    ports: ["8080:80"]
    environment:
      LOG_LEVEL: info
      CACHE: true
    depends_on:
      - OTHER
  OTHER:
    image: postgres:16
    volumes:
      - data:/var/lib/postgresql
volumes:
  data: {}"#;
