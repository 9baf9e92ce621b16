#include "spactor.cuh"

// Functions of the elements of up to three tensors of any strides, with or without a sum or maximum over some sides:
// SameDiff's own operations. Which function, and what it reads, is the number of an operation in Function.java.
//
// The sides of the result, and the tensors' strides along them, come in a table: sides, then the strides of x, y, g and
// of the result; then the same for the sides that are reduced, without the result.
#define TENSORS 4

struct Offsets {
    int64 of[TENSORS];
};

__device__ inline void add_offsets(int64 index, int rank, int tensors, const int64* table, Offsets& offsets) {
    int64 rest = index;
    for (int side = rank - 1; side >= 0; side--) {
        int64 length = table[side];
        int64 at = side == 0 ? rest : rest % length;
        rest = side == 0 ? 0 : rest / length;
        for (int tensor = 0; tensor < tensors; tensor++) {
            offsets.of[tensor] += at * table[(tensor + 1) * rank + side];
        }
    }
}

__device__ inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

__device__ inline float apply(int function, const float* x, const float* y, const float* g) {
    switch (function) {
        case 0: return *x;
        case 1: return fabsf(*x);
        case 2: return cosf(*x);
        case 3: return expf(*x);
        case 4: return *x * sigmoid(1.702f * *x);
        case 5: {
            float open = sigmoid(1.702f * *x);
            return open + 1.702f * *x * open * (1.0f - open);
        }
        case 6: return logf(*x);
        case 7: return -*x;
        case 8: return sigmoid(*x);
        case 9: return *x > 0.0f ? 1.0f : *x < 0.0f ? -1.0f : 0.0f;
        case 10: return sinf(*x);
        case 11: return tanhf(*x);
        case 12: {
            float s = sigmoid(*x);
            return *g * s * (1.0f - s);
        }
        case 13: {
            float t = tanhf(*x);
            return *g * (1.0f - t * t);
        }
        case 14: return *x + *y;
        case 15: return *x - *y;
        case 16: return *x * *y;
        case 17: return *x / *y;
        case 18: return *g;
        case 19: return -*g;
        case 20: return *g * *y;
        case 21: return *g * *x;
        case 22: return *g / *y;
        default: return -*g * *x / (*y * *y);
    }
}

// A thread for each element of the result.
KERNEL by_thread(
        int function, const float* x, const float* y, const float* g, float* result, int64 elements, int64 terms,
        int takes_greatest, double scale, int rank, int reduced_rank, const int64* table) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        Offsets outer = {};
        add_offsets(i, rank, TENSORS, table, outer);
        if (terms == 1) {
            float value = apply(function, x + outer.of[0], y + outer.of[1], g + outer.of[2]);
            result[outer.of[3]] = scale == 1.0 ? value : (float) (value * scale);
            continue;
        }
        double sum = takes_greatest ? -1.0 / 0.0 : 0.0;
        for (int64 term = 0; term < terms; term++) {
            Offsets at = outer;
            add_offsets(term, reduced_rank, TENSORS - 1, table + (TENSORS + 1) * rank, at);
            float value = apply(function, x + at.of[0], y + at.of[1], g + at.of[2]);
            sum = !takes_greatest ? sum + value : value > sum ? (double) value : sum;
        }
        result[outer.of[3]] = (float) (sum * scale);
    }
}

// A block for each element of the result, where it has many terms.
KERNEL by_block(
        int function, const float* x, const float* y, const float* g, float* result, int64 elements, int64 terms,
        int takes_greatest, double scale, int rank, int reduced_rank, const int64* table) {
    for (int64 i = blockIdx.x; i < elements; i += gridDim.x) {
        Offsets outer = {};
        add_offsets(i, rank, TENSORS, table, outer);
        double sum = takes_greatest ? -1.0 / 0.0 : 0.0;
        for (int64 term = threadIdx.x; term < terms; term += blockDim.x) {
            Offsets at = outer;
            add_offsets(term, reduced_rank, TENSORS - 1, table + (TENSORS + 1) * rank, at);
            float value = apply(function, x + at.of[0], y + at.of[1], g + at.of[2]);
            sum = !takes_greatest ? sum + value : value > sum ? (double) value : sum;
        }
        sum = takes_greatest ? block_max(sum) : block_sum(sum);
        if (threadIdx.x == 0) {
            result[outer.of[3]] = (float) (sum * scale);
        }
    }
}

// The first of the greatest terms gets the gradient, the others 0. Of the table, y is not used and the result has strides
// along the reduced sides in y's place.
KERNEL gradient_of_greatest(
        const float* x, const float* g, float* result, int64 elements, int64 terms, int rank, int reduced_rank,
        const int64* table) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        Offsets outer = {};
        add_offsets(i, rank, TENSORS, table, outer);
        int64 winner = 0;
        float greatest = 0.0f;
        for (int64 term = 0; term < terms; term++) {
            Offsets at = outer;
            add_offsets(term, reduced_rank, TENSORS - 1, table + (TENSORS + 1) * rank, at);
            float value = x[at.of[0]];
            result[outer.of[3] + at.of[1] - outer.of[1]] = 0.0f;
            if (term == 0 || value > greatest) {
                greatest = value;
                winner = outer.of[3] + at.of[1] - outer.of[1];
            }
        }
        result[winner] = g[outer.of[2]];
    }
}

// A warp for each line along one side; elements of a line are stride apart.
KERNEL softmax(const float* x, float* y, int64 lines, int64 length, int64 stride) {
    for (int64 line = global_thread() / WARP; line < lines; line += global_threads() / WARP) {
        int64 start = line / stride * length * stride + line % stride;
        float greatest = -INFINITY_OF_FLOAT;
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            greatest = fmaxf(greatest, x[start + i * stride]);
        }
        greatest = warp_max(greatest);
        float sum = 0.0f;
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            sum += expf(x[start + i * stride] - greatest);
        }
        sum = warp_sum(sum);
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            y[start + i * stride] = expf(x[start + i * stride] - greatest) / sum;
        }
    }
}

KERNEL softmax_gradient(const float* x, const float* g, float* result, int64 lines, int64 length, int64 stride) {
    for (int64 line = global_thread() / WARP; line < lines; line += global_threads() / WARP) {
        int64 start = line / stride * length * stride + line % stride;
        float greatest = -INFINITY_OF_FLOAT;
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            greatest = fmaxf(greatest, x[start + i * stride]);
        }
        greatest = warp_max(greatest);
        float sum = 0.0f;
        float mixed = 0.0f;
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            float weight = expf(x[start + i * stride] - greatest);
            sum += weight;
            mixed += weight * g[start + i * stride];
        }
        sum = warp_sum(sum);
        mixed = warp_sum(mixed) / sum;
        for (int64 i = threadIdx.x % WARP; i < length; i += WARP) {
            float probability = expf(x[start + i * stride] - greatest) / sum;
            result[start + i * stride] = probability * (g[start + i * stride] - mixed);
        }
    }
}
