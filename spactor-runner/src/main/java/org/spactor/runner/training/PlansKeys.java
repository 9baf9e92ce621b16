package org.spactor.runner.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.engine.compile.CompilerSettings;
import org.spactor.engine.saved.PlansKey;
import org.spactor.runner.assembly.Components;
import org.spactor.runner.checkpoint.PluginVersion;
import org.spactor.runner.checkpoint.RunIdentity;
import org.spactor.runner.configuration.ConfigurationWriter;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.environment.SpactorVersion;

/** What plans of a run's model are saved under. */
public final class PlansKeys {
    /**
     * What of a configuration decides nothing about plans. Everything else is taken to decide them: what is not thought of
     * here makes saved plans useless where they could be used, and not wrong.
     */
    private static final List<String> DECIDING_NOTHING = List.of(
            "run.",
            "data.", // the vocabulary and the lengths of features are in the key themselves
            "corruptors", // the lengths of features
            "curriculum.", // plans are saved by their losses
            "optimizer.",
            "schedule.",
            "plugins.directory",
            "training.steps",
            "training.clip-norm",
            "training.log-every",
            "training.validate-every",
            "training.checkpoint-every",
            "training.keep-checkpoints",
            "training.keep-every",
            "training.non-finite-limit",
            "training.threads-per-replica");

    private PlansKeys() {}

    /**
     * The key of a run's plans: the version of Spactor, the settings of the compiler, the configuration as far as it decides
     * the plans, number of replicas, plugins, the vocabulary, and the features with their lengths.
     *
     * @param lengths length of every feature of the examples
     * @param compiler how plans are compiled for the device they are for
     * @param plugins the plugins that are used
     */
    public static PlansKey of(
            SpactorConfiguration configuration,
            Components components,
            FeatureLengths lengths,
            CompilerSettings compiler,
            List<PluginVersion> plugins) {
        int replicas =
                Replicas.count(configuration.training(), components.objective().comparesExamples());
        Map<String, String> values = new TreeMap<>();
        RunIdentity.of(ConfigurationWriter.toTree(configuration), replicas, plugins)
                .values()
                .forEach((key, value) -> {
                    if (DECIDING_NOTHING.stream().noneMatch(key::startsWith)) {
                        values.put(key, value);
                    }
                });
        values.put("spactor", SpactorVersion.version());
        values.put("compiler", compiler.toString());
        values.put("vocabulary", components.vocabulary() + ", SHA-256 " + sha256(components.vocabulary()));
        lengths.byFeature()
                .forEach((feature, length) ->
                        values.put("features." + feature.name(), feature.domain() + ", length " + length));
        return new PlansKey(values);
    }

    /** Of all tokens in their order and the ids that have a role. */
    private static String sha256(Vocabulary vocabulary) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int id = 0; id < vocabulary.size(); id++) {
                digest.update(vocabulary.piece(id).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            String roles = vocabulary.pad() + " " + vocabulary.end() + " " + vocabulary.unknown();
            digest.update(roles.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
