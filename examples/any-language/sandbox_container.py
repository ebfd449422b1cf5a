import secrets

from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs


class SandboxContainer(DockerContainer):
    """The sandbox in a container, with a partner that may use every flow."""

    def __init__(self):
        super().__init__("partner-sandbox")
        self.control_token = secrets.token_urlsafe(32)
        self.with_env("SANDBOX_CONTROL_TOKEN", self.control_token)
        self.with_command("--partner=example-broker:Not-a-real-password-1")
        self.with_exposed_ports(4010, 4011)

    def start(self):
        super().start()
        wait_for_logs(self, "control token")
        return self

    def url(self):
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(4010)}"

    def control_url(self):
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(4011)}"
