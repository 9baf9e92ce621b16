#include "spactor.cuh"

// Attention with its scores in memory: rows of scores become probabilities, and gradients of these gradients of scores. A
// warp for each row. Macro: ELEMENT, the type of the copies that matrix products take.
#ifndef ELEMENT
#define ELEMENT float
#endif

#define MASKED -1e9f

// scores and probabilities [rows, keys] may be one; kept, and the copy for the product, are written if they are not null.
KERNEL probabilities(
        const float* scores, const float* bias, const int* key_mask, const int* prefix, const uint64* random_key,
        float* result, float* kept, ELEMENT* copy, int64 rows, int64 heads, int64 queries, int64 keys, int causal,
        float rate, uint64 salt) {
    uint64 own_key = random_key == nullptr ? 0 : random_bits(*random_key, salt);
    float kept_factor = 1.0f / (1.0f - rate);
    int lane = threadIdx.x % WARP;
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        int64 query = row % queries;
        int64 head = row / queries % heads;
        int64 example = row / queries / heads;
        const float* own_bias = bias == nullptr ? nullptr : bias + (head * queries + query) * keys;
        float greatest = -INFINITY_OF_FLOAT;
        for (int64 key = lane; key < keys; key += WARP) {
            bool padded = key_mask != nullptr && key_mask[example * keys + key] == 0;
            bool first = prefix != nullptr && prefix[example * keys + key] != 0;
            bool behind = causal && key > query && !first;
            float score = scores[row * keys + key] + (own_bias == nullptr ? 0.0f : own_bias[key]);
            score += padded || behind ? MASKED : 0.0f;
            result[row * keys + key] = score;
            greatest = fmaxf(greatest, score);
        }
        greatest = warp_max(greatest);
        float sum = 0.0f;
        for (int64 key = lane; key < keys; key += WARP) {
            float weight = expf(result[row * keys + key] - greatest);
            result[row * keys + key] = weight;
            sum += weight;
        }
        float inverse = 1.0f / warp_sum(sum);
        for (int64 key = lane; key < keys; key += WARP) {
            int64 at = row * keys + key;
            float probability = result[at] * inverse;
            result[at] = probability;
            float applied = probability;
            if (random_key != nullptr) {
                applied = random_uniform(own_key, at) >= rate ? probability * kept_factor : 0.0f;
                kept[at] = applied;
            }
            if (copy != nullptr) {
                store(copy + at, applied);
            }
        }
    }
}

// From the gradients of what was applied: through dropout and softmax. The copy for the products is written if it is not null.
KERNEL gradient_of_scores(
        const float* probabilities, float* gradient, const uint64* random_key, ELEMENT* copy, int64 rows, int64 keys,
        float rate, uint64 salt) {
    uint64 own_key = random_key == nullptr ? 0 : random_bits(*random_key, salt);
    float kept_factor = 1.0f / (1.0f - rate);
    int lane = threadIdx.x % WARP;
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        float mixed = 0.0f;
        for (int64 key = lane; key < keys; key += WARP) {
            int64 at = row * keys + key;
            float upstream = gradient[at];
            if (random_key != nullptr) {
                upstream = random_uniform(own_key, at) >= rate ? upstream * kept_factor : 0.0f;
                gradient[at] = upstream;
            }
            mixed += upstream * probabilities[at];
        }
        mixed = warp_sum(mixed);
        for (int64 key = lane; key < keys; key += WARP) {
            int64 at = row * keys + key;
            float of_score = probabilities[at] * (gradient[at] - mixed);
            gradient[at] = of_score;
            if (copy != nullptr) {
                store(copy + at, of_score);
            }
        }
    }
}

// Sums over the examples, in their order.
KERNEL bias_gradient(const float* of_scores, float* result, int64 elements, int64 examples) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        float sum = 0.0f;
        for (int64 example = 0; example < examples; example++) {
            sum += of_scores[example * elements + i];
        }
        result[i] = sum;
    }
}

KERNEL round_to_copy(const float* x, ELEMENT* y, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        store(y + i, x[i]);
    }
}
