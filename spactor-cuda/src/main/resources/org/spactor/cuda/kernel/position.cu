#include "spactor.cuh"

// Relative position bias and rotary positions. Distances are those of the key minus the query, from 1 - queries on.

KERNEL relative_position_bias(
        const float* table, const int* buckets, float* bias, int64 elements, int64 queries, int64 keys, int heads) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int64 key = i % keys;
        int64 query = i / keys % queries;
        int64 head = i / keys / queries;
        bias[i] = table[(int64) buckets[key - query + queries - 1] * heads + head];
    }
}

// Sums over all pairs of one distance, of one head.
KERNEL sums_of_distances(const float* g, double* sums, int64 elements, int64 queries, int64 keys) {
    int64 distances = queries + keys - 1;
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int64 head = i / distances;
        int64 distance = i % distances - (queries - 1);
        int64 begin = distance < 0 ? -distance : 0;
        int64 end = keys - distance < queries ? keys - distance : queries;
        double sum = 0.0;
        for (int64 query = begin; query < end; query++) {
            sum += g[(head * queries + query) * keys + query + distance];
        }
        sums[i] = sum;
    }
}

KERNEL table_gradient(
        const double* sums, const int* buckets, float* result, int64 elements, int64 distances, int heads,
        int accumulates) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int64 bucket = i / heads;
        int64 head = i % heads;
        double sum = accumulates ? result[i] : 0.0;
        for (int64 distance = 0; distance < distances; distance++) {
            sum += buckets[distance] == bucket ? sums[head * distances + distance] : 0.0;
        }
        result[i] = (float) sum;
    }
}

// Turns the pairs of a head's halves: cosines and sines of [length, pairs] come in a table.
KERNEL rotary_positions(
        const float* x, float* y, int64 pairs_in_all, int64 length, int64 width, int64 pairs, const float* cosines,
        const float* sines) {
    for (int64 i = global_thread(); i < pairs_in_all; i += global_threads()) {
        int64 pair = i % pairs;
        int64 head = i / pairs % (width / (2 * pairs));
        int64 row = i / (width / 2);
        int64 at = row * width + head * 2 * pairs + pair;
        float cosine = cosines[row % length * pairs + pair];
        float sine = sines[row % length * pairs + pair];
        float real = x[at];
        float imaginary = x[at + pairs];
        y[at] = real * cosine - imaginary * sine;
        y[at + pairs] = imaginary * cosine + real * sine;
    }
}
