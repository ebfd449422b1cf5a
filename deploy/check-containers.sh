#!/usr/bin/env bash
# Builds the image from the packages of this checkout, and runs compose with it: a callback is stored, survives a restart
# of the server, and a stop ends with exit code 0. Needs Docker with compose, and a built checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
cp deploy/container/{Dockerfile,.dockerignore,compose.yaml} "$folder"
clean() {
  docker compose --project-directory "$folder" down --volumes
  rm -rf "$folder"
}

# The published packages do not exist yet for this checkout, so the lock file names their tarballs.
npm pack --silent --pack-destination "$folder" -w openapi -w packages/client -w packages/callback-server
(cd "$folder" && npm init --yes >/dev/null && npm install --package-lock-only ./*.tgz)
echo '!*.tgz' >>"$folder/.dockerignore"
sed -i 's/^COPY package.json.*/& *.tgz/; s/package-lock.json \.\/ \*\.tgz/package-lock.json *.tgz .\//' "$folder/Dockerfile"

secret() { openssl rand -hex 16; }
mkdir "$folder/secrets"
token=$(secret) key=$(secret) admin=$(secret) password=$(secret)
echo "$token" >"$folder/secrets/callback_tokens"
echo "X-Api-Key: $key" >"$folder/secrets/callback_header"
echo "$admin" >"$folder/secrets/admin_tokens"
printf %s "$password" >"$folder/secrets/database_password"
echo "postgres://callbacks:$password@database/callbacks" >"$folder/secrets/database_url"
chmod 644 "$folder"/secrets/*

trap clean EXIT
docker compose --project-directory "$folder" config --quiet
docker compose --project-directory "$folder" up --build --detach --wait serve
post() {
  curl --fail-with-body --silent --show-error --header "X-Api-Key: $key" --json '{"merchantData":{"id":"656000000000000000000001","status":"accept"}}' \
    "http://127.0.0.1:4020/callbacks/$token/accept"
}
stored() { curl --fail-with-body --silent --show-error --header "Authorization: Bearer $admin" http://127.0.0.1:4021/callbacks; }
post
docker compose --project-directory "$folder" restart serve
docker compose --project-directory "$folder" up --detach --wait serve
stored | grep '"merchantId":"656000000000000000000001"'
docker compose --project-directory "$folder" run --rm purge
docker compose --project-directory "$folder" stop serve
docker compose --project-directory "$folder" ps --all --format '{{.ExitCode}}' serve | grep --line-regexp 0
