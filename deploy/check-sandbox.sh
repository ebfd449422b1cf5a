#!/usr/bin/env bash
# Builds the sandbox's image from the packages of this checkout, and runs compose with it: a partner logs in, the control API
# responds to its token, and a stop ends with exit code 0. Needs Docker with compose, and a built checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
cp deploy/sandbox/{Dockerfile,.dockerignore,compose.yaml} "$folder"
clean() {
  docker compose --project-directory "$folder" down
  rm -rf "$folder"
}

# The published packages do not exist yet for this checkout, so the lock file names their tarballs.
npm pack --silent --pack-destination "$folder" -w openapi -w packages/mocks
(cd "$folder" && npm init --yes >/dev/null && npm install --package-lock-only ./*.tgz)
echo '!*.tgz' >>"$folder/.dockerignore"
sed -i 's/^COPY package.json package-lock.json/& *.tgz/' "$folder/Dockerfile"

SANDBOX_CONTROL_TOKEN=$(openssl rand -hex 16)
export SANDBOX_CONTROL_TOKEN
trap clean EXIT
docker compose --project-directory "$folder" config --quiet
docker compose --project-directory "$folder" up --build --detach --wait sandbox
curl --fail-with-body --silent --show-error --json '{"username":"example-broker","password":"Not-a-real-password-1"}' \
  http://127.0.0.1:4010/api/distributors/login
curl --fail-with-body --silent --show-error --header "Authorization: Bearer $SANDBOX_CONTROL_TOKEN" http://127.0.0.1:4011/clock
docker compose --project-directory "$folder" stop sandbox
docker compose --project-directory "$folder" ps --all --format '{{.ExitCode}}' sandbox | grep --line-regexp 0
