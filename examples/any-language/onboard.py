"""The whole flow against a running sandbox, with Python's standard library: python3 onboard.py API CONTROL TOKEN"""
import json, queue, sys, threading, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

api, control, control_token = sys.argv[1:4]
received = queue.Queue()


def call(url, token="", body=None):
    headers = {"authorization": token, "content-type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as response:
        return json.load(response)


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

world = call(f"{control}/world", f"Bearer {control_token}")
realm, flow = world["realm"], world["realm"]["flows"][0]
credentials = {"username": "example-broker", "password": "Not-a-real-password-1"}

partner = call(f"{api}/api/distributors", world["administratorToken"], credentials)["id"]
token = call(f"{api}/api/distributors/login", body=credentials)["id"]
place = {"distributorId": partner, "realmId": realm["id"]}
call(f"{api}/api/distributorlink", token, place)
call(f"{api}/api/applications/updateDistributorLink", token, {**place, "flowIds": [flow["id"]]})
receiver = f"http://127.0.0.1:{server.server_port}/"
events = {"pending": receiver, "accept": receiver, "reject": receiver}
call(f"{api}/api/distributors/callback", token, {**place, "flowId": flow["id"], "callbacks": events})

customer = {"name": "Asha Example", "email": "asha@example.com", "mobile": "0000000002", "signzyAppId": "EXAMPLE-0001"}
workplace = {"realmId": realm["id"], "flowId": flow["id"]}
merchant = call(f"{api}/api/distributors/createMerchant", token, {**workplace, "realm": realm["name"], **customer})["id"]
spec = call(f"{api}/api/distributors/pushMerchantSpec/{realm['id']}?sampleData=true", token)
call(f"{api}/api/distributors/pushMerchant", token, {**workplace, "merchantId": merchant, "data": spec["data"]})
print("submitted:", received.get(timeout=30)["status"])

decision = {"decision": "accept"}
call(f"{control}/merchants/{merchant}/decision", f"Bearer {control_token}", decision)
print("called back:", received.get(timeout=30)["status"])
pulled = call(f"{api}/api/distributors/pullMerchant/{merchant}?realmId={realm['id']}&version=1.1.0", token)
print("pulled:", pulled["result"]["merchantData"]["basicDetails"]["status"])
