"""What of Amazon SNS its subscribers see: signed messages, and a server with the certificate that they are signed with.

    with SNSServer(folder) as sns:
        sns.host, sns.authorities, sns.topic
        sns.notification("text")        a message as SNS posts it
        sns.asked                       the addresses that were asked for

Keys, certificates and signatures are made by openssl.
"""

import base64
import json
import ssl
import subprocess
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
}


def openssl(*arguments, **options):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **options).stdout


class SNSServer:
    topic = "arn:aws:sns:eu-central-1:123456789012:recordings"

    def __init__(self, folder):
        self.folder = folder
        self.authorities = folder / "authority.pem"
        self.asked = []
        self.is_confirming = True

    def __enter__(self):
        self.folder.mkdir(parents=True)
        self.make_authority()
        # Who signs messages is nobody's authority: whose certificate it is follows from where it is.
        for name in ("signer", "stranger"):
            openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.folder / f"{name}.key",
                    "-out", self.folder / f"{name}.pem", "-days", 2, "-subj", "/CN=sns.amazonaws.com")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def make_authority(self):
        """An authority and the server's certificate that it signed."""
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.folder / "authority.key",
                "-out", self.authorities, "-days", 2, "-subj", "/CN=Authority of the tests")
        extensions = self.folder / "extensions"
        extensions.write_text("subjectAltName=IP:127.0.0.1\n")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", self.folder / "server.key",
                "-out", self.folder / "server.csr", "-subj", "/CN=127.0.0.1")
        openssl("x509", "-req", "-in", self.folder / "server.csr", "-CA", self.authorities,
                "-CAkey", self.folder / "authority.key", "-CAcreateserial", "-days", 2, "-extfile", extensions,
                "-out", self.folder / "server.pem")

    def handler(self):
        sns = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                sns.asked.append(self.path)
                file = sns.folder / self.path.strip("/")
                if self.path.endswith(".pem") and file.is_file():
                    status, body = 200, file.read_bytes()
                elif self.path.startswith("/?Action=ConfirmSubscription"):
                    status, body = (200, b"<ConfirmSubscriptionResponse/>") if sns.is_confirming else (500, b"")
                else:
                    status, body = 404, b""
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler

    def address(self, path="signer.pem"):
        return f"https://{self.host}/{path}"

    def notification(self, message, **changes):
        """A message about something; `changes` are there before it is signed."""
        return self.signed({"Type": "Notification", "Message": message, "Subject": "Amazon S3 Notification", **changes})

    def confirmation(self, **changes):
        token = uuid.uuid4().hex
        return self.signed({
            "Type": "SubscriptionConfirmation", "Token": token,
            "Message": f"You have chosen to subscribe to the topic {self.topic}.",
            "SubscribeURL": self.address(f"?Action=ConfirmSubscription&TopicArn={self.topic}&Token={token}"), **changes})

    def signed(self, fields, key="signer"):
        fields = {
            "MessageId": str(uuid.uuid4()), "TopicArn": self.topic, "Timestamp": "2026-11-21T09:00:00.000Z",
            "SignatureVersion": "2", "SigningCertURL": self.address(), **fields}
        text = "".join(f"{name}\n{fields[name]}\n" for name in SIGNED[fields["Type"]] if name in fields)
        digest = "-sha1" if fields["SignatureVersion"] == "1" else "-sha256"
        signature = openssl("dgst", digest, "-sign", self.folder / f"{key}.key", input=text.encode())
        return {**fields, "Signature": base64.b64encode(signature).decode()}


def post(client, path, message):
    """Posts a message as SNS does: as text."""
    return client.call("POST", path, data=json.dumps(message), headers={
        "Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": message.get("Type", "Notification")})
