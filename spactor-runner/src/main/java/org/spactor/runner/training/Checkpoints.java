package org.spactor.runner.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.spactor.engine.storage.Safetensors;
import org.spactor.engine.storage.Tensor;
import org.spactor.engine.train.Parameters;
import org.spactor.engine.train.Trainer;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;

/**
 * Writes checkpoints: a folder with the parameters, what the optimizer remembers, and a manifest with the hash of each
 * file. It is written beside its place, synced and renamed, so that a half-written one never looks whole.
 */
public final class Checkpoints {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String PARAMETERS = "parameters.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String MANIFEST = "manifest.json";

    private final RunFolder folder;
    private final SpactorConfiguration configuration;
    private final Parameters parameters;
    private final Trainer trainer;

    Checkpoints(RunFolder folder, SpactorConfiguration configuration, Parameters parameters, Trainer trainer) {
        this.folder = folder;
        this.configuration = configuration;
        this.parameters = parameters;
        this.trainer = trainer;
    }

    /**
     * Writes a checkpoint and removes the oldest beyond the number that is kept.
     *
     * @param step number of steps made
     * @return its folder
     * @throws TrainingException if it cannot be written; checkpoints written before stay
     */
    public Path write(long step, long tokens, long flops) {
        String name = String.format("step-%08d", step);
        Path place = folder.checkpoints().resolve(name);
        try {
            Path beside = folder.checkpoints().resolve(name + ".writing");
            delete(beside);
            Files.createDirectories(beside);
            Safetensors.write(beside.resolve(PARAMETERS), tensors(parameters.arrays()), Map.of("format", "pt"));
            Safetensors.write(beside.resolve(OPTIMIZER), slots(), Map.of());
            writeManifest(beside, step, tokens, flops);
            sync(beside);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            sync(folder.checkpoints());
            writeLatest(name);
            removeOldest();
            return place;
        } catch (IOException e) {
            throw new TrainingException("the checkpoint '" + place + "' cannot be written: " + e.getMessage(), e);
        }
    }

    private void writeManifest(Path checkpoint, long step, long tokens, long flops) throws IOException {
        Map<String, Object> files = new LinkedHashMap<>();
        for (String file : List.of(PARAMETERS, OPTIMIZER)) {
            files.put(file, Map.of("sha256", sha256(checkpoint.resolve(file))));
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("step", step);
        manifest.put("tokens", tokens);
        manifest.put("flops", flops);
        manifest.put("files", files);
        manifest.put("configuration", ConfigurationWriter.toTree(configuration));
        writeSynced(checkpoint.resolve(MANIFEST), JSON.writeValueAsString(manifest) + "\n");
    }

    private void writeLatest(String name) throws IOException {
        Path latest = folder.checkpoints().resolve("latest");
        Path beside = folder.checkpoints().resolve("latest.writing");
        writeSynced(beside, name + "\n");
        Files.move(beside, latest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void removeOldest() throws IOException {
        List<Path> checkpoints;
        try (Stream<Path> entries = Files.list(folder.checkpoints())) {
            checkpoints = new ArrayList<>(
                    entries.filter(entry -> entry.getFileName().toString().matches("step-\\d+"))
                            .sorted()
                            .toList());
        }
        while (checkpoints.size() > configuration.training().keepCheckpoints()) {
            delete(checkpoints.remove(0));
        }
    }

    private List<Tensor> slots() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        trainer.slots()
                .forEach((parameter, slots) ->
                        slots.forEach((slot, array) -> arrays.put(parameter + "/" + slot, array)));
        return tensors(arrays);
    }

    private static List<Tensor> tensors(Map<String, INDArray> arrays) {
        List<Tensor> tensors = new ArrayList<>();
        arrays.forEach((name, array) -> {
            ByteBuffer bytes = array.data().asNio().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            bytes.clear().limit(Math.toIntExact(array.length() * Float.BYTES));
            tensors.add(new Tensor(name, "F32", array.shape(), bytes));
        });
        return tensors;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeSynced(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
        sync(file);
    }

    /** Makes sure that a file's or folder's contents are on the disk. */
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
