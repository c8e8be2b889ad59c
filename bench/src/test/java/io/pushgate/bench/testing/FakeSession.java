package io.pushgate.bench.testing;

import io.pushgate.protocol.UserId;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's end of one session. The thread of its connection reads, any thread sends. */
public final class FakeSession {
  private static final Pattern REQUEST =
      Pattern.compile("GET /api/v1/notifications/ws/([^?]+)\\?after=end HTTP/1.1\r\n");
  private static final Pattern KEY = Pattern.compile("\r\nSec-WebSocket-Key: (\\S+)\r\n");

  private final Socket socket;
  private final int index;
  private final int chunk;
  private final DataInputStream in;
  private final OutputStream out;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private UserId user = UserId.of("nobody");
  private int next;

  FakeSession(Socket socket, int index, int chunk) throws IOException {
    this.socket = socket;
    this.index = index;
    this.chunk = chunk;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  int index() {
    return index;
  }

  UserId user() {
    return user;
  }

  int nextNumber() {
    return next++;
  }

  /** Frames from the client: opcode in decimal, a space, the unmasked payload. */
  public List<String> received() {
    return received;
  }

  boolean shakeHands(String refusal) throws IOException {
    String request = readHead();
    Matcher path = REQUEST.matcher(request);
    Matcher key = KEY.matcher(request);
    if (!path.lookingAt() || !key.find()) {
      throw new IOException("no handshake: " + request);
    }
    user = UserId.of(path.group(1));
    if (!refusal.isEmpty()) {
      out.write(refusal.getBytes(StandardCharsets.UTF_8));
      socket.close();
      return false;
    }
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key.group(1))
            + "\r\n\r\n";
    send(head.getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  void welcome() throws IOException {
    String json = "{\"op\":\"welcome\",\"user\":\"%s\",\"session\":\"s%d\"}".formatted(user, index);
    send(textFrame(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes in pieces, so that the client sees frames cut anywhere. */
  public synchronized void send(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += Math.min(chunk, bytes.length - at)) {
      out.write(bytes, at, Math.min(chunk, bytes.length - at));
    }
  }

  /** What is sent to a session that has just gone away is nobody's fault. */
  void sendIfOpen(List<byte[]> frames) throws IOException {
    try {
      for (byte[] frame : frames) {
        send(frame);
      }
    } catch (SocketException e) {
      received.add("gone");
    }
  }

  public static byte[] textFrame(byte[] payload) {
    return frame(0x81, payload);
  }

  public static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
    frame.put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 65_536) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  void readUntilTheEnd() throws IOException {
    try {
      while (true) {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
          payload[i] ^= mask[i & 3];
        }
        received.add((first & 0x0f) + " " + new String(payload, StandardCharsets.ISO_8859_1));
        if ((first & 0x0f) == 8) {
          send(frame(0x88, payload));
          break;
        }
      }
    } catch (EOFException e) {
      received.add("end");
    }
    socket.close();
  }

  private String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static String accept(String key) {
    try {
      byte[] text =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
