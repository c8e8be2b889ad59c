package io.pushgate.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.CloseCode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One session as a page has it, over a plain socket and without mercy: any byte that the contract
 * does not allow ends it with a fault. A thread of its own reads; a test takes the frames from a
 * queue, and its position moves as it takes them. One test thread.
 */
public abstract class StreamClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> MOVES = Set.of("welcome", "notification", "recall");
  private static final int PATIENCE_SECONDS = 60;

  /** A frame, and the id of its event where it has one. */
  record Told(JsonNode frame, String id) {
    boolean isEnd() {
      return frame.isMissingNode();
    }
  }

  /** Behind the last frame. */
  private static final Told END = new Told(JSON.missingNode(), "");

  final ListenConfig bound;
  final StreamRequest request;
  final Socket socket;
  final DataInputStream in;

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final Map<Character, String> position = new TreeMap<>();
  private final AtomicInteger heartbeats = new AtomicInteger();
  private final Object pausing = new Object();
  private boolean paused;
  private volatile CloseCode closedWith;
  private volatile Throwable fault;

  StreamClient(ListenConfig bound, StreamRequest request) throws IOException {
    this.bound = bound;
    this.request = request;
    socket = new Socket();
    if (request.receiveBuffer() > 0) {
      socket.setReceiveBufferSize(request.receiveBuffer());
    }
    socket.setTcpNoDelay(true);
    socket.connect(bound.publicAddress());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Reads one frame, event or comment. */
  abstract void read() throws IOException;

  /** Acknowledges a position as a page over this stream does. */
  public abstract void ack(String cursor);

  /** Sends a request's head and answers the headers of the response, names in lower case. */
  final Map<String, String> exchange(String target, int status, String... headers)
      throws IOException {
    String head = "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(target, socket.getPort());
    head += String.join("", headers) + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    String first = line();
    require(first.startsWith("HTTP/1.1 " + status + " "), first);
    Map<String, String> answer = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(": ");
      require(colon > 0, line);
      answer.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    require(answer.containsKey("x-pushgate-gateway"), "the node is not named: " + answer);
    return answer;
  }

  /** A line ended by LF, or CR and LF in HTTP, without its end. */
  final String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.append((char) b);
    }
    int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? 1 : 0;
    return line.substring(0, line.length() - end);
  }

  final void start() {
    Thread reader = new Thread(this::readAll, "stream-client");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll() {
    try {
      while (true) {
        awaitReading();
        read();
      }
    } catch (EOFException end) {
      if (closedWith == null) {
        fault = end;
      }
    } catch (IOException | InterruptedException | RuntimeException | AssertionError broken) {
      fault = broken;
    } finally {
      close();
      told.add(END);
    }
  }

  private void awaitReading() throws InterruptedException {
    synchronized (pausing) {
      while (paused) {
        pausing.wait();
      }
    }
  }

  /** Reads nothing more, but for the frame that is being read. */
  public final void pause() {
    synchronized (pausing) {
      paused = true;
    }
  }

  public final void resume() {
    synchronized (pausing) {
      paused = false;
      pausing.notifyAll();
    }
  }

  /** For a reader: a frame came. */
  final void heard(String json, String id) throws IOException {
    JsonNode frame = JSON.readTree(json);
    require(frame.isObject() && frame.path("op").isTextual(), json);
    told.add(new Told(frame, id));
  }

  /** For a reader: the gateway said why it ends. */
  final void closes(CloseCode code) {
    require(code != null, "no close code of the contract");
    closedWith = code;
  }

  final void heartbeat() {
    heartbeats.incrementAndGet();
  }

  /** How many pings or comments came. */
  public final int heartbeats() {
    return heartbeats.get();
  }

  /** The next frame; fails where none comes in time, or the stream ended. */
  public final JsonNode next() {
    JsonNode next = nextOrEnd();
    if (next.isMissingNode()) {
      throw new AssertionError("the stream ended with " + closedWith, fault);
    }
    return next;
  }

  /** The next frame, or a missing node where the stream ended. */
  public final JsonNode nextOrEnd() {
    Told next = take();
    JsonNode frame = next.frame();
    if (next.isEnd()) {
      return frame;
    }
    if (MOVES.contains(frame.path("op").asText())) {
      move(cursors(frame.path("cursor").asText()), next.id());
    } else {
      require(next.id().isEmpty(), "an id where nothing moves: " + frame);
    }
    return frame;
  }

  /** The next frame, which has this op. */
  public final JsonNode next(String op) {
    JsonNode frame = next();
    require(frame.path("op").asText().equals(op), "not %s: %s".formatted(op, frame));
    return frame;
  }

  /** The data of so many notifications, which are the next frames. */
  public final List<String> nextData(int count) {
    List<String> data = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      data.add(next("notification").path("data").asText());
    }
    return data;
  }

  /** Waits for the end and answers what the gateway said of it; frames not taken are passed. */
  public final CloseCode end() {
    Told last = take();
    while (!last.isEnd()) {
      last = take();
    }
    if (fault != null) {
      throw new AssertionError("the stream ended otherwise", fault);
    }
    return closedWith;
  }

  private Told take() {
    try {
      Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came behind " + position);
      }
      if (next.isEnd()) {
        told.add(END);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The newest cursor of each letter that was taken, joined. */
  public final String position() {
    return String.join(",", position.values());
  }

  /** An id may be further in the other journal, past places that were never this session's. */
  private void move(Map<Character, String> cursors, String id) {
    position.putAll(cursors);
    if (!id.isEmpty()) {
      Map<Character, String> behind = cursors(id);
      require(
          behind.keySet().equals(position.keySet())
              && behind.values().containsAll(cursors.values()),
          "id %s behind %s".formatted(id, cursors));
      position.putAll(behind);
    }
  }

  private static Map<Character, String> cursors(String position) {
    Map<Character, String> byLetter = new TreeMap<>();
    for (String cursor : position.split(",", -1)) {
      require(byLetter.put(cursor.charAt(0), cursor) == null, "two of a letter: " + position);
    }
    return byLetter;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** Ends the connection without a word, as a lost network does. */
  @Override
  public final void close() {
    resume();
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
