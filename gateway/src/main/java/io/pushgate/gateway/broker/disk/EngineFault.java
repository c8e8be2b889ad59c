package io.pushgate.gateway.broker.disk;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The engine's errors, told for the operator. Any thread. */
final class EngineFault {
  private static final Pattern FILE =
      Pattern.compile("[0-9]{6,20}\\.(?:sst|log|blob)|MANIFEST-[0-9]{6,20}|CURRENT");

  private EngineFault() {}

  /** Why a store did not open: damaged, with the file at fault, or out of reach. */
  static StoreException atOpening(Path engine, RocksDBException fault) {
    String text = text(fault);
    Matcher file = FILE.matcher(text);
    boolean damaged =
        fault.getStatus() != null && fault.getStatus().getCode() == Status.Code.Corruption
            || text.contains("No such file");
    if (!damaged) {
      return new StoreException("the store in " + engine + " does not open: " + text, fault);
    }
    return new DamagedStoreException(
        file.find() ? engine.resolve(file.group()) : engine, "cannot be read: " + text, fault);
  }

  /** The engine's own words, on one line. */
  static String text(RocksDBException fault) {
    return String.valueOf(fault.getMessage()).replaceAll("\\s+", " ").strip();
  }
}
