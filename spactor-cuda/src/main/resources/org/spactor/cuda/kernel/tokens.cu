#include "spactor.cuh"

// Embeddings, and what is done at places in sequences of tokens.

// A warp for each row.
KERNEL embedding(const float* table, const int* ids, float* result, int64 rows, int64 width) {
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        const float* from = table + (int64) ids[row] * width;
        float* to = result + row * width;
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            to[i] = from[i];
        }
    }
}

// A block adds up the gradients of a few rows of the table, in the order of the places that took them: it looks through
// all ids, lists the places of its rows, and adds their gradients to sums that its threads share. Every thread has
// columns of its own, so that only the list needs barriers.
#define IDS_A_THREAD 8
#define THREADS 256

KERNEL embedding_gradient(
        const int* ids, const float* g, const float* addend, float* result, int64 places, int64 width, int64 rows,
        int rows_a_block, int adds) {
    DYNAMIC_SHARED(float, sums);
    __shared__ int list[THREADS * IDS_A_THREAD];
    __shared__ int of_warps[WARP];
    int64 first = (int64) blockIdx.x * rows_a_block;
    int64 end = first + rows_a_block < rows ? first + rows_a_block : rows;
    int64 own = (end - first) * width;
    for (int64 i = threadIdx.x; i < own; i += blockDim.x) {
        sums[i] = adds ? addend[first * width + i] : 0.0f;
    }
    int64 chunk = (int64) blockDim.x * IDS_A_THREAD;
    for (int64 start = 0; start < places; start += chunk) {
        int64 mine = start + threadIdx.x * IDS_A_THREAD;
        int found = 0;
        for (int i = 0; i < IDS_A_THREAD; i++) {
            bool here = mine + i < places && ids[mine + i] >= first && ids[mine + i] < end;
            found += here ? 1 : 0;
        }
        // how many the threads before found, and all together: within the warp, then of the warps
        int lane = threadIdx.x % WARP;
        int scanned = found;
        for (int distance = 1; distance < WARP; distance *= 2) {
            int other = __shfl_up_sync(ALL_LANES, scanned, distance);
            scanned += lane >= distance ? other : 0;
        }
        __syncthreads();
        if (lane == WARP - 1) {
            of_warps[threadIdx.x / WARP] = scanned;
        }
        __syncthreads();
        int before = 0;
        int all = 0;
        for (int warp = 0; warp < (int) blockDim.x / WARP; warp++) {
            before = warp == (int) threadIdx.x / WARP ? all : before;
            all += of_warps[warp];
        }
        int at = before + scanned - found;
        for (int i = 0; i < IDS_A_THREAD; i++) {
            bool here = mine + i < places && ids[mine + i] >= first && ids[mine + i] < end;
            if (here) {
                list[at++] = (int) (mine + i - start);
            }
        }
        __syncthreads();
        for (int64 column = threadIdx.x; column < width; column += blockDim.x) {
            int i = 0;
            for (; i + 4 <= all; i += 4) {
                // four gradients on their way at once
                float values[4];
                for (int j = 0; j < 4; j++) {
                    values[j] = g[(start + list[i + j]) * width + column];
                }
                for (int j = 0; j < 4; j++) {
                    sums[(ids[start + list[i + j]] - first) * width + column] += values[j];
                }
            }
            for (; i < all; i++) {
                sums[(ids[start + list[i]] - first) * width + column] += g[(start + list[i]) * width + column];
            }
        }
    }
    __syncthreads();
    for (int64 i = threadIdx.x; i < own; i += blockDim.x) {
        result[first * width + i] = sums[i];
    }
}

KERNEL shift_right(const int* tokens, int* result, int64 elements, int64 length, int start) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        result[i] = i % length == 0 ? start : tokens[i - 1];
    }
}

KERNEL tokens_at(const int* tokens, const int* positions, int* result, int64 elements, int64 chosen, int64 length) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        result[i] = positions[i] < 0 ? -1 : tokens[i / chosen * length + positions[i]];
    }
}

// A thread for each token, which takes the last value that is put at its place.
KERNEL replace_tokens(
        const int* tokens, const int* positions, const int* values, int* result, int64 elements, int64 chosen,
        int64 length) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        const int* own = positions + i / length * chosen;
        int token = tokens[i];
        for (int64 j = 0; j < chosen; j++) {
            token = own[j] == i % length ? values[i / length * chosen + j] : token;
        }
        result[i] = token;
    }
}

KERNEL replacement_labels(
        const int* original, const int* replaced, int* labels, int64 elements, const int64* excluded, int count) {
    for (int64 i = global_thread(); i < elements; i += global_threads()) {
        int label = original[i] == replaced[i] ? 0 : 1;
        for (int j = 0; j < count; j++) {
            label = excluded[j] == original[i] ? -1 : label;
        }
        labels[i] = label;
    }
}

// A warp for each chosen row.
KERNEL states_at(const float* x, const int* positions, float* result, int64 rows, int64 chosen, int64 length, int64 width) {
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        int position = positions[row];
        const float* from = x + (row / chosen * length + position) * width;
        for (int64 i = threadIdx.x % WARP; i < width; i += WARP) {
            result[row * width + i] = position < 0 ? 0.0f : from[i];
        }
    }
}

// A block for each row of x, which adds up the gradients of those that were taken from it, in their order.
KERNEL states_at_gradient(
        const int* positions, const float* g, float* result, int64 rows, int64 chosen, int64 length, int64 width) {
    for (int64 row = blockIdx.x; row < rows; row += gridDim.x) {
        int64 example = row / length;
        for (int64 i = threadIdx.x; i < width; i += blockDim.x) {
            float sum = 0.0f;
            for (int64 j = 0; j < chosen; j++) {
                if (positions[example * chosen + j] == row % length) {
                    sum += g[(example * chosen + j) * width + i];
                }
            }
            result[row * width + i] = sum;
        }
    }
}
