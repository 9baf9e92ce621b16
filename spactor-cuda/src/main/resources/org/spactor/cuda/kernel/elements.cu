#include "spactor.cuh"

// What is done element by element. Every kernel takes the inputs, the outputs, the number of elements, and settings.
#define EACH_ELEMENT(i) for (int64 i = global_thread(); i < elements; i += global_threads())

#define SQRT_2_OVER_PI 0.7978845608028654f
#define CUBIC 0.044715f

__device__ inline float gelu_of(float a) {
    return 0.5f * a * (1.0f + tanhf(SQRT_2_OVER_PI * (a + CUBIC * a * a * a)));
}

__device__ inline float gelu_slope(float a) {
    float t = tanhf(SQRT_2_OVER_PI * (a + CUBIC * a * a * a));
    return 0.5f * (1.0f + t) + 0.5f * a * (1.0f - t * t) * SQRT_2_OVER_PI * (1.0f + 3.0f * CUBIC * a * a);
}

KERNEL gelu(const float* x, float* y, int64 elements) {
    EACH_ELEMENT(i) { y[i] = gelu_of(x[i]); }
}

KERNEL gelu_gradient(const float* x, const float* g, float* result, int64 elements) {
    EACH_ELEMENT(i) { result[i] = g[i] * gelu_slope(x[i]); }
}

KERNEL gated_gelu(const float* gate, const float* value, float* y, int64 elements) {
    EACH_ELEMENT(i) { y[i] = gelu_of(gate[i]) * value[i]; }
}

KERNEL gated_gelu_gradient(
        const float* gate, const float* value, const float* g, float* of_gate, float* of_value, int64 elements) {
    EACH_ELEMENT(i) {
        float a = gate[i];
        float upstream = g[i];
        of_gate[i] = upstream * value[i] * gelu_slope(a);
        of_value[i] = upstream * gelu_of(a);
    }
}

KERNEL rectifier(const float* x, float* y, int64 elements) {
    EACH_ELEMENT(i) { y[i] = x[i] > 0.0f ? x[i] : 0.0f; }
}

KERNEL rectifier_gradient(const float* y, const float* g, float* result, int64 elements) {
    EACH_ELEMENT(i) { result[i] = y[i] > 0.0f ? g[i] : 0.0f; }
}

KERNEL scale(const float* x, float* y, int64 elements, float factor) {
    EACH_ELEMENT(i) { y[i] = x[i] * factor; }
}

KERNEL weigh(const float* x, const float* weight, float* y, int64 elements) {
    EACH_ELEMENT(i) { y[i] = x[i] * weight[0]; }
}

KERNEL to_float(const int* x, float* y, int64 elements) {
    EACH_ELEMENT(i) { y[i] = (float) x[i]; }
}

KERNEL dropout(const float* x, const uint64* key, float* y, int64 elements, uint64 salt, float rate, float kept) {
    uint64 own = random_bits(*key, salt);
    EACH_ELEMENT(i) { y[i] = random_uniform(own, i) >= rate ? x[i] * kept : 0.0f; }
}

// x and y of any of the types INT and float, through strides that stretch them: sides, then those of x, y and the result.
#ifndef LEFT
#define LEFT float
#define RIGHT float
#endif

__device__ inline int holds(int relation, double x, double y) {
    switch (relation) {
        case 0: return x == y;
        case 1: return x != y;
        case 2: return x < y;
        default: return x > y;
    }
}

KERNEL compare(const LEFT* x, const RIGHT* y, int* result, int64 elements, int relation, int rank, const int64* table) {
    EACH_ELEMENT(i) {
        int64 rest = i;
        int64 left = 0;
        int64 right = 0;
        for (int side = rank - 1; side >= 0; side--) {
            int64 at = rest % table[side];
            rest /= table[side];
            left += at * table[rank + side];
            right += at * table[2 * rank + side];
        }
        result[i] = holds(relation, (double) x[left], (double) y[right]);
    }
}

KERNEL compare_with_number(const LEFT* x, int* result, int64 elements, int relation, double number) {
    EACH_ELEMENT(i) { result[i] = holds(relation, (double) x[i], number); }
}
