package org.spactor.runner.checkpoint;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;
import org.spactor.runner.environment.IoReason;

/**
 * The checkpoints of a run: folders {@code step-00001200} with the parameters, what the optimizer remembers, and a
 * manifest with the hash of each file; {@code latest} names the newest.
 *
 * <p>A checkpoint is written beside its place, synced and renamed, so that a half-written one never looks whole. Whatever
 * a process that was killed left half-written or half-deleted is removed by the next one that writes.
 */
public final class CheckpointStore {
    static final String PARAMETERS = "parameters.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    private static final String MANIFEST = "manifest.json";
    private static final String LATEST = "latest";
    /** In bytes. A validation is some hundred of them. */
    private static final long LARGEST_MANIFEST = 64_000_000;

    private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})");

    private final Path folder;

    /** The checkpoints in a folder, which need not be there yet. */
    public CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /** Whether a folder is a checkpoint, whole or not. */
    public static boolean isCheckpoint(Path folder) {
        return step(folder).isPresent() && Files.isDirectory(folder);
    }

    /** Whether a checkpoint may have this name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Writes a checkpoint, and then removes the ones that are not to be kept.
     *
     * @param warnings takes what could not be removed, which is no reason to end a run
     * @return its folder
     * @throws CheckpointException if it cannot be written; the checkpoints written before stay
     */
    public Path write(
            TrainingState state,
            Manifest.Origin origin,
            List<Tensor> parameters,
            List<Tensor> optimizer,
            Retention retention,
            Consumer<String> warnings) {
        Path place = folder.resolve(name(state.step()));
        Path beside = folder.resolve(name(state.step()) + DurableFiles.WRITING);
        try {
            removeLeftovers(warnings);
            Files.createDirectories(beside);
            Safetensors.write(beside.resolve(PARAMETERS), parameters, Map.of("format", "pt"));
            Safetensors.write(beside.resolve(OPTIMIZER), optimizer, Map.of());
            Map<String, String> hashes = new LinkedHashMap<>();
            for (String file : List.of(PARAMETERS, OPTIMIZER)) {
                hashes.put(file, Sha256.of(beside.resolve(file)));
            }
            DurableFiles.write(beside.resolve(MANIFEST), new Manifest(state, origin, hashes).toJson());
            if (Files.exists(place)) {
                DurableFiles.removeFolder(place);
            }
            DurableFiles.moveFolder(beside, place);
            DurableFiles.replace(folder.resolve(LATEST), place.getFileName() + "\n");
            removeOld(state.step(), retention, warnings);
            return place;
        } catch (IOException e) {
            giveBackSpace(beside, e);
            throw new CheckpointException(
                    "the checkpoint " + place + " cannot be written: " + IoReason.of(e) + ". " + whatIsLeft(), e);
        }
    }

    /** The newest checkpoint; empty if there is none. */
    public Optional<Path> newest() {
        return newestFirst().stream().findFirst();
    }

    /**
     * Reads a checkpoint of this store and checks its hashes.
     *
     * @throws CheckpointException if a file is missing, truncated or altered; the message names it, and the newest older
     *     checkpoint that is whole
     */
    public Checkpoint read(Path checkpoint) {
        try {
            return verified(checkpoint);
        } catch (CheckpointException e) {
            throw new CheckpointException(e.getMessage() + ". " + alternative(checkpoint), e);
        }
    }

    /**
     * Makes a checkpoint the newest one: removes those of later steps, which belong to a continuation that is being made
     * anew, and makes {@code latest} name it. It may be done again after it was cut off.
     *
     * @param name of the checkpoint's folder
     * @return what was removed
     */
    public List<Path> goBackTo(String name) {
        Path checkpoint = folder.resolve(name);
        List<Path> removed = new ArrayList<>();
        try {
            DurableFiles.replace(folder.resolve(LATEST), checkpoint.getFileName() + "\n");
            long step = step(checkpoint).orElseThrow();
            for (Path other : newestFirst()) {
                if (step(other).orElseThrow() > step) {
                    DurableFiles.removeFolder(other);
                    removed.add(other);
                }
            }
            return removed;
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /** Whether a checkpoint is one of these, and not a copy that lies elsewhere. */
    public boolean contains(Path checkpoint) {
        try {
            Path parent = checkpoint.toRealPath().getParent();
            return parent != null && Files.isDirectory(folder) && Files.isSameFile(parent, folder);
        } catch (IOException e) {
            throw new CheckpointException(checkpoint + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private static Checkpoint verified(Path checkpoint) {
        Path manifestFile = checkpoint.resolve(MANIFEST);
        try {
            Manifest manifest = Manifest.parse(RegularFiles.text(manifestFile, LARGEST_MANIFEST));
            long step = step(checkpoint).orElseThrow();
            if (manifest.state().step() != step) {
                throw new IllegalArgumentException(
                        "is of step " + manifest.state().step() + ", not " + step);
            }
            for (Map.Entry<String, String> file : manifest.files().entrySet()) {
                Path path = checkpoint.resolve(file.getKey());
                RegularFiles.require(path);
                String actual = Sha256.of(path);
                if (!actual.equals(file.getValue())) {
                    throw new CheckpointException(path + " is truncated or was altered: its SHA-256 is " + actual
                            + ", but " + MANIFEST + " says " + file.getValue());
                }
            }
            return new Checkpoint(
                    checkpoint,
                    manifest,
                    Safetensors.read(checkpoint.resolve(PARAMETERS)),
                    Safetensors.read(checkpoint.resolve(OPTIMIZER)));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(e.getFile() + " is missing, so the checkpoint is not whole", e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(manifestFile + " is truncated or was altered: it " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new CheckpointException(manifestFile + " is truncated or was altered: it is not text in UTF-8", e);
        } catch (IOException e) {
            throw new CheckpointException("the checkpoint " + checkpoint + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private String alternative(Path refused) {
        long step = step(refused).orElse(Long.MAX_VALUE);
        for (Path other : newestFirst()) {
            if (step(other).orElseThrow() < step && isWhole(other)) {
                return "The next older one is whole; to go on from there: --resume " + other;
            }
        }
        return "There is no older one that is whole; the run has to be started anew";
    }

    private static boolean isWhole(Path checkpoint) {
        try {
            verified(checkpoint);
            return true;
        } catch (CheckpointException e) {
            return false;
        }
    }

    private String whatIsLeft() {
        return newest().map(path ->
                        "The last good checkpoint is " + path + "; when that is mended, --resume goes on from there")
                .orElse("There is no checkpoint before it");
    }

    /** A full disk should not be kept full by what could not be finished. */
    private static void giveBackSpace(Path beside, IOException failure) {
        try {
            DurableFiles.delete(beside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void removeLeftovers(Consumer<String> warnings) throws IOException {
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (name.endsWith(DurableFiles.WRITING) || name.endsWith(DurableFiles.REMOVED)) {
                try {
                    DurableFiles.delete(entry);
                } catch (IOException e) {
                    warnings.accept(entry + " cannot be removed: " + IoReason.of(e));
                }
            }
        }
    }

    private void removeOld(long step, Retention retention, Consumer<String> warnings) {
        int newer = 0;
        for (Path checkpoint : newestFirst()) {
            long itsStep = step(checkpoint).orElseThrow();
            if (itsStep <= step && newer++ >= retention.newest() && !retention.keepsForGood(itsStep)) {
                try {
                    DurableFiles.removeFolder(checkpoint);
                } catch (IOException e) {
                    warnings.accept("the old checkpoint " + checkpoint + " cannot be removed: " + IoReason.of(e));
                }
            }
        }
    }

    private List<Path> newestFirst() {
        try {
            List<Path> checkpoints = new ArrayList<>(
                    entries().stream().filter(CheckpointStore::isCheckpoint).toList());
            checkpoints.sort(Collections.reverseOrder((left, right) ->
                    Long.compare(step(left).orElseThrow(), step(right).orElseThrow())));
            return checkpoints;
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(folder)) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new CheckpointException(folder + " is not a folder, or a link to one that is not there now");
            }
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static String name(long step) {
        return String.format(Locale.ROOT, "step-%08d", step);
    }

    private static OptionalLong step(Path checkpoint) {
        Path name = checkpoint.getFileName();
        Matcher matcher = NAME.matcher(name == null ? "" : name.toString());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
