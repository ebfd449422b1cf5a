import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The sandbox in a container, with a partner that may use every flow. */
public class SandboxContainer extends GenericContainer<SandboxContainer> {
  private final String controlToken = UUID.randomUUID().toString();

  public SandboxContainer() {
    super(DockerImageName.parse("partner-sandbox"));
    withEnv("SANDBOX_CONTROL_TOKEN", controlToken);
    withCommand(
        "--partner=example-broker:Not-a-real-password-1",
        "--allow-callback-host=host.testcontainers.internal");
    withExposedPorts(4010, 4011);
    withAccessToHost(true);
    waitingFor(Wait.forHealthcheck());
  }

  public String url() {
    return "http://" + getHost() + ":" + getMappedPort(4010);
  }

  public String controlUrl() {
    return "http://" + getHost() + ":" + getMappedPort(4011);
  }

  public String controlToken() {
    return controlToken;
  }
}
