#!/bin/sh
# Onboards a merchant against a running sandbox. Needs a POSIX shell and curl. Usage: onboard.sh API CONTROL TOKEN
set -eu
api=$1 control=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
umask 077
# Pass tokens to curl in files: every user of the machine can read a command line.
printf 'header = "authorization: Bearer %s"\n' "$3" >"$dir/control"

# call CONFIG URL [BODY]: sends a GET, or a POST if there is a body
call() {
  if [ $# -eq 2 ]; then set -- "$1" "$2"; else set -- "$1" "$2" --data "$3"; fi
  config=$1 url=$2
  shift 2
  curl --silent --show-error --fail --max-time 60 --config "$config" \
    --header 'content-type: application/json' "$@" "$url"
}
# first NAME: prints the first string property of that name in the JSON on stdin
first() { awk -F'"' -v name="$1" '{ for (i = 2; i < NF; i++) if ($i == name && $(i + 1) ~ /^ *: *$/) { print $(i + 2); exit } }'; }
token() { printf 'header = "authorization: %s"\n' "$1"; }

call "$dir/control" "$control/world" >"$dir/fixtures"
realm=$(first id <"$dir/fixtures")
realm_name=$(first name <"$dir/fixtures")
flow=$(sed 's/.*"flows"//' "$dir/fixtures" | first id)
token "$(first administratorToken <"$dir/fixtures")" >"$dir/administrator"
: >"$dir/anonymous"

# A user name exists once. Each run creates a partner of its own.
credentials="{\"username\":\"example-broker-$(date +%s)-$$\",\"password\":\"Not-a-real-password-1\"}"
partner=$(call "$dir/administrator" "$api/api/distributors" "$credentials" | first id)
token "$(call "$dir/anonymous" "$api/api/distributors/login" "$credentials" | first id)" >"$dir/partner"
link="\"distributorId\":\"$partner\",\"realmId\":\"$realm\""
call "$dir/partner" "$api/api/distributorlink" "{$link}" >/dev/null
call "$dir/partner" "$api/api/applications/updateDistributorLink" "{$link,\"flowIds\":[\"$flow\"]}" >/dev/null
# A shell cannot listen. The callbacks go to a port without a receiver, and the control API reports them.
callback_url='"http://127.0.0.1:2/"'
events="{\"pending\":$callback_url,\"accept\":$callback_url,\"reject\":$callback_url}"
call "$dir/partner" "$api/api/distributors/callback" "{$link,\"flowId\":\"$flow\",\"callbacks\":$events}" >/dev/null

flow_ids="\"realmId\":\"$realm\",\"flowId\":\"$flow\""
customer='"name":"Asha Example","email":"asha@example.com","mobile":"0000000002","signzyAppId":"EXAMPLE-0001"'
merchant=$(call "$dir/partner" "$api/api/distributors/createMerchant" \
  "{$flow_ids,\"realm\":\"$realm_name\",$customer}" | first id)
data=$(call "$dir/partner" "$api/api/distributors/pushMerchantSpec/$realm?sampleData=true" | sed 's/.*"data":\[/[/; s/}$//')
call "$dir/partner" "$api/api/distributors/pushMerchant" \
  "{$flow_ids,\"merchantId\":\"$merchant\",\"data\":$data}" >/dev/null
# #region events
next="$control/callbacks/next?merchantId=$merchant"
echo "submitted: $(call "$dir/control" "$next&event=pending" | first event)"

call "$dir/control" "$control/merchants/$merchant/decision" '{"decision":"accept"}' >/dev/null
echo "callback: $(call "$dir/control" "$next&event=accept" | first event)"
# #endregion events
echo "pulled: $(call "$dir/partner" "$api/api/distributors/pullMerchant/$merchant?realmId=$realm&version=1.1.0" | first status)"
