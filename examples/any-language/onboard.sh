#!/bin/sh
# The whole flow against a running sandbox, with a POSIX shell and curl: sh onboard.sh API CONTROL TOKEN
set -eu
api=$1 control=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
umask 077
# Tokens go to curl in a file: whatever stands on a command line, everybody on the machine can see.
printf 'header = "authorization: Bearer %s"\n' "$3" >"$dir/office"

# call CONFIG URL [BODY]: a GET, or a POST with that body
call() {
  if [ $# -eq 2 ]; then set -- "$1" "$2"; else set -- "$1" "$2" --data "$3"; fi
  config=$1 url=$2
  shift 2
  curl --silent --show-error --fail --max-time 60 --config "$config" \
    --header 'content-type: application/json' "$@" "$url"
}
# first NAME: the first string of that name in the JSON that comes in
first() { awk -F'"' -v name="$1" '{ for (i = 2; i < NF; i++) if ($i == name && $(i + 1) ~ /^ *: *$/) { print $(i + 2); exit } }'; }
token() { printf 'header = "authorization: %s"\n' "$1"; }

call "$dir/office" "$control/world" >"$dir/world"
realm=$(first id <"$dir/world")
name=$(first name <"$dir/world")
flow=$(sed 's/.*"flows"//' "$dir/world" | first id)
token "$(first administratorToken <"$dir/world")" >"$dir/administrator"
: >"$dir/nobody"

credentials='{"username":"example-broker","password":"Not-a-real-password-1"}'
partner=$(call "$dir/administrator" "$api/api/distributors" "$credentials" | first id)
token "$(call "$dir/nobody" "$api/api/distributors/login" "$credentials" | first id)" >"$dir/partner"
place="\"distributorId\":\"$partner\",\"realmId\":\"$realm\""
call "$dir/partner" "$api/api/distributorlink" "{$place}" >/dev/null
call "$dir/partner" "$api/api/applications/updateDistributorLink" "{$place,\"flowIds\":[\"$flow\"]}" >/dev/null
# A shell cannot listen. The sandbox posts to the discard port, and the control API hands out what it posted.
sink='"http://127.0.0.1:9/"'
events="{\"pending\":$sink,\"accept\":$sink,\"reject\":$sink}"
call "$dir/partner" "$api/api/distributors/callback" "{$place,\"flowId\":\"$flow\",\"callbacks\":$events}" >/dev/null

workplace="\"realmId\":\"$realm\",\"flowId\":\"$flow\""
customer='"name":"Asha Example","email":"asha@example.com","mobile":"0000000002","signzyAppId":"EXAMPLE-0001"'
merchant=$(call "$dir/partner" "$api/api/distributors/createMerchant" \
  "{$workplace,\"realm\":\"$name\",$customer}" | first id)
data=$(call "$dir/partner" "$api/api/distributors/pushMerchantSpec/$realm?sampleData=true" | sed 's/.*"data":\[/[/; s/}$//')
call "$dir/partner" "$api/api/distributors/pushMerchant" \
  "{$workplace,\"merchantId\":\"$merchant\",\"data\":$data}" >/dev/null
next="$control/callbacks/next?merchantId=$merchant"
echo "submitted: $(call "$dir/office" "$next&event=pending" | first event)"

call "$dir/office" "$control/merchants/$merchant/decision" '{"decision":"accept"}' >/dev/null
echo "called back: $(call "$dir/office" "$next&event=accept" | first event)"
echo "pulled: $(call "$dir/partner" "$api/api/distributors/pullMerchant/$merchant?realmId=$realm&version=1.1.0" | first status)"
