"""Onboards a merchant against a running sandbox. Standard library only. Usage: onboard.py API CONTROL TOKEN"""
import json, queue, sys, threading, time, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

api, control, control_token = sys.argv[1:4]
received = queue.Queue()


def call(url, token="", body=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = token
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as response:
        return json.load(response)


# #region receive
class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        payload = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()
        received.put(payload["merchantData"])

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
# #endregion receive

fixtures = call(f"{control}/world", f"Bearer {control_token}")
realm, flow = fixtures["realm"], fixtures["realm"]["flows"][0]
# A user name exists once. Each run creates a partner of its own.
credentials = {"username": f"example-broker-{time.time_ns()}", "password": "Not-a-real-password-1"}

partner_id = call(f"{api}/api/distributors", fixtures["administratorToken"], credentials)["id"]
token = call(f"{api}/api/distributors/login", body=credentials)["id"]
link = {"distributorId": partner_id, "realmId": realm["id"]}
call(f"{api}/api/distributorlink", token, link)
call(f"{api}/api/applications/updateDistributorLink", token, {**link, "flowIds": [flow["id"]]})
callback_url = f"http://127.0.0.1:{server.server_port}/"
events = {"pending": callback_url, "accept": callback_url, "reject": callback_url}
call(f"{api}/api/distributors/callback", token, {**link, "flowId": flow["id"], "callbacks": events})

customer = {"name": "Asha Example", "email": "asha@example.com", "mobile": "0000000002", "signzyAppId": "EXAMPLE-0001"}
flow_ids = {"realmId": realm["id"], "flowId": flow["id"]}
merchant_id = call(f"{api}/api/distributors/createMerchant", token, {**flow_ids, "realm": realm["name"], **customer})["id"]
spec = call(f"{api}/api/distributors/pushMerchantSpec/{realm['id']}?sampleData=true", token)
call(f"{api}/api/distributors/pushMerchant", token, {**flow_ids, "merchantId": merchant_id, "data": spec["data"]})
print("submitted:", received.get(timeout=60)["status"])

decision = {"decision": "accept"}
call(f"{control}/merchants/{merchant_id}/decision", f"Bearer {control_token}", decision)
print("callback:", received.get(timeout=60)["status"])
pulled = call(f"{api}/api/distributors/pullMerchant/{merchant_id}?realmId={realm['id']}&version=1.1.0", token)
print("pulled:", pulled["result"]["merchantData"]["basicDetails"]["status"])
