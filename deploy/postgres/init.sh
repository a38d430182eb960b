#!/bin/bash
# Mounted into docker-entrypoint-initdb.d: the PostgreSQL image runs it once, when the data volume is empty.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v database=vestnik \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" -v system_password="$SYSTEM_PASSWORD" \
  -f /vestnik/roles.sql
