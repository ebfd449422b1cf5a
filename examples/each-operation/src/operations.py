"""Calls each operation once. Usage: operations.py API REALM_ID FLOW_ID, with the token in ADMINISTRATOR_TOKEN"""
# #region imports
import json
from urllib.request import Request, urlopen
# #endregion imports
import os
import sys

api, realm_id, flow_id = sys.argv[1:4]
backops_url = go_url = persist_url = api
administrator_token = os.environ["ADMINISTRATOR_TOKEN"]
callback_url = "http://127.0.0.1:9/callbacks/not-a-real-token"

# #region createPartner
request = Request(
    f"{backops_url}/api/distributors",
    headers={"Authorization": administrator_token, "Content-Type": "application/json"},
    data=json.dumps({
        "username": "example-broker",
        "password": "Not-a-real-password-1",
        "email": "broker@example.com",
    }).encode(),
)
distributor_id = json.load(urlopen(request, timeout=30))["id"]
# #endregion createPartner

# #region loginPartner
request = Request(
    f"{go_url}/api/distributors/login",
    headers={"Content-Type": "application/json"},
    data=json.dumps({"username": "example-broker", "password": "Not-a-real-password-1"}).encode(),
)
# The token is sent as it is, without "Bearer".
token = json.load(urlopen(request, timeout=30))["id"]
# #endregion loginPartner

# #region linkPartner
request = Request(
    f"{go_url}/api/distributorlink",
    headers={"Authorization": token, "Content-Type": "application/json"},
    data=json.dumps({"distributorId": distributor_id, "realmId": realm_id}).encode(),
)
json.load(urlopen(request, timeout=30))
# #endregion linkPartner

# #region assignFlows
request = Request(
    f"{go_url}/api/applications/updateDistributorLink",
    headers={"Authorization": token, "Content-Type": "application/json"},
    data=json.dumps({
        "distributorId": distributor_id,
        "realmId": realm_id,
        "flowIds": [flow_id],
    }).encode(),
)
json.load(urlopen(request, timeout=30))
# #endregion assignFlows

# #region registerCallbacks
request = Request(
    f"{go_url}/api/distributors/callback",
    headers={"Authorization": token, "Content-Type": "application/json"},
    data=json.dumps({
        "distributorId": distributor_id,
        "realmId": realm_id,
        "flowId": flow_id,
        "callbacks": {event: f"{callback_url}/{event}" for event in ("accept", "reject", "pending")},
    }).encode(),
)
json.load(urlopen(request, timeout=30))
# #endregion registerCallbacks

# #region createMerchant
request = Request(
    f"{go_url}/api/distributors/createMerchant",
    headers={"Authorization": token, "Content-Type": "application/json"},
    data=json.dumps({
        "realmId": realm_id,
        "realm": "acme-onboarding",
        "flowId": flow_id,
        "signzyAppId": "EXAMPLE-0001",
        "name": "Asha Example",
        "email": "asha@example.com",
        "mobile": "0000000002",
    }).encode(),
)
merchant = json.load(urlopen(request, timeout=30))
# Store both ids: the API cannot find a merchant by your own id.
print(merchant["id"], merchant["signzyAppId"])
# #endregion createMerchant

# #region getPushMerchantSpec
request = Request(
    f"{go_url}/api/distributors/pushMerchantSpec/{realm_id}?flowId={flow_id}&sampleData=true",
    headers={"Authorization": token},
)
spec = json.load(urlopen(request, timeout=30))
for page in spec["data"]:
    print(page["pageId"], page["widgetName"], list(page["data"]))
# #endregion getPushMerchantSpec

# #region uploadFile
# Without a ttl, the store deletes the file after 30 seconds.
boundary = "not-in-the-file"
parts = [
    b'Content-Disposition: form-data; name="file"; filename="image.jpg"\r\n'
    b"Content-Type: image/jpeg\r\n\r\nnot an image",
    b'Content-Disposition: form-data; name="ttl"\r\n\r\n1 month',
]
body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
request = Request(
    f"{persist_url}/api/files/upload",
    headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
    data=body + b"--%s--\r\n" % boundary.encode(),
)
file_url = json.load(urlopen(request, timeout=60))["file"]["directURL"]
# #endregion uploadFile

# #region uploadBase64
request = Request(
    f"{persist_url}/api/base64",
    headers={"Content-Type": "application/json"},
    data=json.dumps({
        "base64String": "bm90IGFuIGltYWdl",
        "mimetype": "image/png",
        "ttl": "1 month",
    }).encode(),
)
print(json.load(urlopen(request, timeout=60))["file"]["size"])
# #endregion uploadBase64

# #region pushMerchant
# A real push sends the values that the spec asks for. An image is sent as the URL of a stored file.
data = [{**page, "data": {variable: file_url for variable in page["data"]}} for page in spec["data"]]
request = Request(
    f"{go_url}/api/distributors/pushMerchant",
    headers={"Authorization": token, "Content-Type": "application/json"},
    data=json.dumps({
        "realmId": realm_id,
        "flowId": flow_id,
        "merchantId": merchant["id"],
        "data": data,
    }).encode(),
)
json.load(urlopen(request, timeout=60))
# #endregion pushMerchant

# #region pullMerchant
request = Request(
    f"{go_url}/api/distributors/pullMerchant/{merchant['id']}?realmId={realm_id}&version=1.1.0",
    headers={"Authorization": token},
)
result = json.load(urlopen(request, timeout=30))["result"]
print(result["merchantData"]["basicDetails"]["status"])
# #endregion pullMerchant
