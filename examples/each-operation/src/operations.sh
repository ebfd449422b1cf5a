#!/bin/sh
# Calls each operation once. Usage: operations.sh API REALM_ID FLOW_ID, with the administrator's token in ADMINISTRATOR_TOKEN
set -eu
GO_URL=$1 BACKOPS_URL=$1 PERSIST_URL=$1 realm_id=$2 flow_id=$3
callback_url=http://127.0.0.1:9/callbacks/not-a-real-token
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
umask 077
printf 'Authorization: %s\n' "$ADMINISTRATOR_TOKEN" >administrator-token.txt
printf '{ "username": "example-broker", "password": "Not-a-real-password-1" }' >credentials.json
printf '{ "username": "example-broker", "password": "Not-a-real-password-1", "email": "broker@example.com" }' >partner.json
printf 'not an image' >image.jpg
# keep NAME: stores the response, and prints its first string property of that name
keep() { tee response.json | sed -n "s/^[^}]*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }

# The body of a function is not indented, because the end of a here-document must be at the start of a line.
createPartner() {
# #region createPartner
# partner.json holds user name, password and email address; the token's file holds the line "Authorization: …".
# The command line would show them to every user of the machine.
curl --silent --show-error --fail-with-body "$BACKOPS_URL/api/distributors" \
  --header @administrator-token.txt --header 'Content-Type: application/json' --data @partner.json
# #endregion createPartner
}
loginPartner() {
# #region loginPartner
# credentials.json holds { "username": "…", "password": "…" }. The token is the response's id.
curl --silent --show-error --fail-with-body "$GO_URL/api/distributors/login" \
  --header 'Content-Type: application/json' --data @credentials.json
# #endregion loginPartner
}
linkPartner() {
# #region linkPartner
# token.txt holds the line "Authorization: …", with the token as it is, without Bearer.
curl --silent --show-error --fail-with-body "$GO_URL/api/distributorlink" \
  --header @token.txt --header 'Content-Type: application/json' --data @- <<JSON
{ "distributorId": "$distributor_id", "realmId": "$realm_id" }
JSON
# #endregion linkPartner
}
assignFlows() {
# #region assignFlows
curl --silent --show-error --fail-with-body "$GO_URL/api/applications/updateDistributorLink" \
  --header @token.txt --header 'Content-Type: application/json' --data @- <<JSON
{ "distributorId": "$distributor_id", "realmId": "$realm_id", "flowIds": ["$flow_id"] }
JSON
# #endregion assignFlows
}
registerCallbacks() {
# #region registerCallbacks
curl --silent --show-error --fail-with-body "$GO_URL/api/distributors/callback" \
  --header @token.txt --header 'Content-Type: application/json' --data @- <<JSON
{
  "distributorId": "$distributor_id", "realmId": "$realm_id", "flowId": "$flow_id",
  "callbacks": {
    "accept": "$callback_url/accept",
    "reject": "$callback_url/reject",
    "pending": "$callback_url/pending"
  }
}
JSON
# #endregion registerCallbacks
}
createMerchant() {
# #region createMerchant
# Store id and signzyAppId of the response: the API cannot find a merchant by your own id.
curl --silent --show-error --fail-with-body "$GO_URL/api/distributors/createMerchant" \
  --header @token.txt --header 'Content-Type: application/json' --data @- <<JSON
{
  "realmId": "$realm_id", "realm": "acme-onboarding", "flowId": "$flow_id",
  "signzyAppId": "EXAMPLE-0001",
  "name": "Asha Example", "email": "asha@example.com", "mobile": "0000000002"
}
JSON
# #endregion createMerchant
}
getPushMerchantSpec() {
# #region getPushMerchantSpec
curl --silent --show-error --fail-with-body --header @token.txt \
  "$GO_URL/api/distributors/pushMerchantSpec/$realm_id?flowId=$flow_id&sampleData=true"
# #endregion getPushMerchantSpec
}
uploadFile() {
# #region uploadFile
# Without a ttl, the store deletes the file after 30 seconds.
curl --silent --show-error --fail-with-body "$PERSIST_URL/api/files/upload" \
  --form file=@image.jpg --form 'ttl=1 month'
# #endregion uploadFile
}
uploadBase64() {
# #region uploadBase64
curl --silent --show-error --fail-with-body "$PERSIST_URL/api/base64" \
  --header 'Content-Type: application/json' --data @- <<JSON
{ "base64String": "$(base64 <image.jpg)", "mimetype": "image/jpeg", "ttl": "1 month" }
JSON
# #endregion uploadBase64
}
pushMerchant() {
# #region pushMerchant
# data.json holds the list `data` of getPushMerchantSpec, with your values. An image is the URL of a stored file.
curl --silent --show-error --fail-with-body "$GO_URL/api/distributors/pushMerchant" \
  --header @token.txt --header 'Content-Type: application/json' --data @- <<JSON
{ "realmId": "$realm_id", "flowId": "$flow_id", "merchantId": "$merchant_id", "data": $(cat data.json) }
JSON
# #endregion pushMerchant
}
pullMerchant() {
# #region pullMerchant
curl --silent --show-error --fail-with-body --header @token.txt \
  "$GO_URL/api/distributors/pullMerchant/$merchant_id?realmId=$realm_id&version=1.1.0"
# #endregion pullMerchant
}

distributor_id=$(createPartner | keep id)
printf 'Authorization: %s\n' "$(loginPartner | keep id)" >token.txt
linkPartner >response.json
assignFlows >response.json
registerCallbacks >response.json
merchant_id=$(createMerchant | keep id)
getPushMerchantSpec | sed 's/.*"data":\[/[/; s/}$//' >data.json
uploadFile >response.json
uploadBase64 >response.json
pushMerchant >response.json
pullMerchant | sed -n 's/.*"basicDetails":{[^}]*"status":"\([^"]*\)".*/\1/p'
