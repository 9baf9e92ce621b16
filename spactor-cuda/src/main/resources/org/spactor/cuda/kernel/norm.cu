#include "spactor.cuh"

// RMSNorm. A warp for each row.

KERNEL rms_norm(
        const float* x, const float* weight, float* y, float* inverse, int64 rows, int64 width, float epsilon) {
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        const float* own = x + row * width;
        float sum = 0.0f;
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            sum += own[i] * own[i];
        }
        float r = 1.0f / sqrtf(warp_sum(sum) / (float) width + epsilon);
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            y[row * width + i] = own[i] * r * weight[i];
        }
        if (threadIdx.x % WARP == 0) {
            inverse[row] = r;
        }
    }
}

KERNEL rms_norm_gradient(
        const float* x, const float* weight, const float* inverse, const float* g, const float* addend, float* result,
        int64 rows, int64 width, int adds) {
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        const float* own = x + row * width;
        const float* upstream = g + row * width;
        float r = inverse[row];
        float sum = 0.0f;
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            sum += upstream[i] * weight[i] * own[i];
        }
        float mean = warp_sum(sum) / (float) width * r * r;
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            float value = r * (upstream[i] * weight[i] - own[i] * mean);
            result[row * width + i] = adds ? addend[row * width + i] + value : value;
        }
    }
}

// The gradient of the weight: a block adds up 32 columns over a stretch of rows, eight rows side by side.
#define ROWS_AT_ONCE 8

KERNEL partial_weight_gradient(
        const float* x, const float* inverse, const float* g, float* partial, int64 rows, int64 width, int64 stretch) {
    __shared__ float of_warps[ROWS_AT_ONCE][WARP];
    int lane = threadIdx.x % WARP;
    int warp = threadIdx.x / WARP;
    int64 column = (int64) blockIdx.x * WARP + lane;
    int64 begin = blockIdx.y * stretch;
    int64 end = begin + stretch < rows ? begin + stretch : rows;
    float sum = 0.0f;
    if (column < width) {
        for (int64 row = begin + warp; row < end; row += ROWS_AT_ONCE) {
            sum += g[row * width + column] * x[row * width + column] * inverse[row];
        }
    }
    of_warps[warp][lane] = sum;
    __syncthreads();
    if (warp == 0 && column < width) {
        for (int i = 1; i < ROWS_AT_ONCE; i++) {
            sum += of_warps[i][lane];
        }
        partial[blockIdx.y * width + column] = sum;
    }
}

KERNEL total_weight_gradient(const float* partial, float* result, int64 width, int count, int accumulates) {
    for (int64 column = global_thread(); column < width; column += global_threads()) {
        float sum = accumulates ? result[column] : 0.0f;
        for (int i = 0; i < count; i++) {
            sum += partial[i * width + column];
        }
        result[column] = sum;
    }
}
