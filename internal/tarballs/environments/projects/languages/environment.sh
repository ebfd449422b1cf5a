#!/bin/sh
set -eu
action=$1
shift
case $action in
  json)
    curl --silent --show-error --header "authorization: $2" --json "$3" "$1"
    ;;
  upload)
    curl --silent --show-error --form "file=@$2;type=image/png;filename=photo.png" --form 'ttl=1 month' "$1"
    ;;
  *)
    # A shell cannot listen: the sandbox's own command receives for it.
    exec node_modules/.bin/partner-sandbox sink --port 0 --reveal
    ;;
esac
