import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.mime.MultipartEntityBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

public class Environment {
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "json" -> json(arguments[1], arguments[2], arguments[3]);
      case "upload" -> upload(arguments[1], new File(arguments[2]));
      default -> receive();
    }
  }

  static void json(String url, String token, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  static void upload(String url, File file) throws Exception {
    var request = new HttpPost(url);
    request.setEntity(MultipartEntityBuilder.create()
        .addBinaryBody("file", file, ContentType.create("image/png"), "photo.png")
        .addTextBody("ttl", "1 month")
        .build());
    try (var client = HttpClients.createDefault(); var response = client.execute(request)) {
      System.out.println(EntityUtils.toString(response.getEntity()));
    }
  }

  static void receive() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var received = new CountDownLatch(1);
    server.createContext("/", exchange -> {
      System.out.println(new String(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
      received.countDown();
    });
    server.start();
    System.out.println(server.getAddress().getPort());
    received.await();
    server.stop(0);
  }
}
