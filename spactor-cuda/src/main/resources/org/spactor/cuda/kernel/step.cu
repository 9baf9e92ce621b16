#include "spactor.cuh"

// What a step does beside the model.

// The first term, which is the sum's own memory, plus another one.
KERNEL add_to(float* sum, const float* x, int64 elements) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        sum[i] += x[i];
    }
}

// Block b adds up a stretch of its own: partial sums that the next kernel adds in their order.
KERNEL partial_sums_of_squares(const float* x, double* partial, int64 elements, int64 stretch) {
    int64 begin = blockIdx.x * stretch;
    int64 end = begin + stretch < elements ? begin + stretch : elements;
    double sum = 0;
    for (int64 i = begin + threadIdx.x; i < end; i += blockDim.x) {
        sum += (double) x[i] * x[i];
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        partial[blockIdx.x] = sum;
    }
}

KERNEL total_of_partial_sums(const double* partial, int count, double* total) {
    double sum = 0;
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
        sum += partial[i];
    }
    sum = block_sum(sum);
    if (threadIdx.x == 0) {
        *total = sum;
    }
}

// Partial sums of stretches of rows, [count, columns], added up in their order.
KERNEL total_of_partial_rows(const double* partial, float* result, int64 columns, int count) {
    for (int64 column = global_thread(); column < columns; column += global_threads()) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += partial[i * columns + column];
        }
        result[column] = (float) sum;
    }
}
