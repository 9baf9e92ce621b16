package org.spactor.cuda.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.cuda.device.KernelSource;

/**
 * Compiled kernels on disk, under names made of all that decides them: sources, macros, compiler and architecture. A cache
 * that cannot be read or written costs time and nothing else.
 */
final class KernelCache {
    private static final Logger LOG = LoggerFactory.getLogger(KernelCache.class);

    private final Path folder;
    private final KernelCompiler compiler;

    KernelCache(Path folder, KernelCompiler compiler) {
        this.folder = folder;
        this.compiler = compiler;
    }

    /** Where caches are kept on this machine. */
    static Path folderOfMachine(Map<String, String> environment) {
        String caches = environment.get("XDG_CACHE_HOME");
        Path home = caches == null || caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return home.resolve("spactor").resolve("kernels");
    }

    /** A compiled file, from disk if it was compiled before. */
    byte[] image(KernelSource source, int architecture) {
        Path file = folder.resolve(key(source, architecture));
        try {
            if (Files.isRegularFile(file)) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            LOG.debug("cannot read {}", file, e);
        }
        byte[] image = compiler.compile(source, architecture).bytes();
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "new", ".tmp");
            Files.write(written, image);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("cannot write {}", file, e);
        }
        return image;
    }

    private String key(KernelSource source, int architecture) {
        String all = String.join(
                "\n",
                KernelSource.header(),
                source.text(),
                new TreeMap<>(source.macros()).toString(),
                compiler.version(),
                Integer.toString(architecture));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return source.name().replace('.', '-') + "-" + HexFormat.of().formatHex(digest, 0, 16) + ".image";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
