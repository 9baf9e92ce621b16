package org.spactor.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class RelativePositionsTest {
    @Test
    void bidirectionalBucketsAreThoseOfTheReferenceProgram() throws IOException {
        assertBuckets("bidirectional", true);
    }

    @Test
    void causalBucketsAreThoseOfTheReferenceProgram() throws IOException {
        assertBuckets("causal", false);
    }

    private static void assertBuckets(String direction, boolean bidirectional) throws IOException {
        JsonNode golden;
        try (InputStream stream =
                RelativePositionsTest.class.getResourceAsStream("/goldens/relative_position_buckets.json")) {
            golden = new ObjectMapper().readTree(stream);
        }
        int buckets = golden.get("num_buckets").asInt();
        int maxDistance = golden.get("max_distance").asInt();
        JsonNode positions = golden.get("relative_positions");
        JsonNode expected = golden.get(direction);
        assertThat(positions.size()).isEqualTo(expected.size()).isPositive();
        for (int i = 0; i < positions.size(); i++) {
            long relative = positions.get(i).asLong();
            assertThat(RelativePositions.bucket(relative, bidirectional, buckets, maxDistance))
                    .as("bucket of %d", relative)
                    .isEqualTo(expected.get(i).asInt());
        }
    }
}
