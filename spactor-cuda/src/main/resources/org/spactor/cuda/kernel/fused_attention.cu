#include "spactor.cuh"

// Attention without its scores in memory, on bfloat16 operands: scores are computed tile by tile on tensor cores, and again
// wherever they are needed. A block has the rows of one tile, sixteen for each of its four warps, and goes over the tiles
// of the other side in their order: so every sum has one order, and nothing is added to memory by several blocks.
//
// Source: Dao, FlashAttention-2: faster attention with better parallelism and work partitioning, 2023.
//
// Macros: WIDTH of a head, a multiple of 16; BIASED, DROPS (0 or 1); MIXED, OF_QUERY, OF_KEY, OF_VALUE (types of the mixed
// values and of the gradients).
#ifndef WIDTH
#define WIDTH 64
#define BIASED 1
#define DROPS 1
#define MIXED bfloat16
#define OF_QUERY bfloat16
#define OF_KEY bfloat16
#define OF_VALUE bfloat16
#endif

#define TILE 64
#define GROUP 16
#define GROUPS (TILE / GROUP)
#define BLOCK 128
#define STEPS (WIDTH / GROUP)
// eight elements more than there are: the rows that a warp reads at once lie in different banks
#define PITCH (WIDTH + 8)
#define LOG2E 1.4426950408889634f
#define LN2 0.6931471805599453f
#define NOBODY 0x7fffffff

// of a key
#define PADDED 1
#define FIRST 2
#define BEYOND 4

// Which keys an example's queries see: queries before `from` see none, and there masks do not count; keys from `end` on
// are seen by nobody else, keys from `first_end` on by no query before them.
struct Sight {
    int from;
    int end;
    int first_end;
    int unused;
};

// What all kernels know of a head of an example.
struct Head {
    const float* bias;
    int queries;
    int keys;
    int causal;
    Sight sight;
    int64 first_score;
    uint64 own_key;
    float rate;
    float factor;
};

// A block for each example.
KERNEL sights(const int* key_mask, const int* prefix, Sight* result, int keys, int causal) {
    const int* own_mask = key_mask == nullptr ? nullptr : key_mask + (int64) blockIdx.x * keys;
    const int* own_prefix = prefix == nullptr ? nullptr : prefix + (int64) blockIdx.x * keys;
    int before_first = -NOBODY;
    int end = 0;
    int first_end = 0;
    for (int key = threadIdx.x; key < keys; key += blockDim.x) {
        if (own_mask == nullptr || own_mask[key] != 0) {
            before_first = max(before_first, -key);
            end = max(end, key + 1);
            first_end = own_prefix != nullptr && own_prefix[key] != 0 ? max(first_end, key + 1) : first_end;
        }
    }
    before_first = block_max(before_first);
    end = block_max(end);
    first_end = block_max(first_end);
    if (threadIdx.x == 0) {
        bool all_see = end > 0 && (!causal || first_end > 0);
        result[blockIdx.x].from = all_see ? 0 : -before_first;
        result[blockIdx.x].end = end;
        result[blockIdx.x].first_end = first_end;
        result[blockIdx.x].unused = 0;
    }
}

__device__ inline Head head_of(
        const float* bias, const uint64* random_key, const Sight* sights, int queries, int keys, int heads, int causal,
        int head, int example, float rate, uint64 salt) {
    Head result;
    result.bias = bias == nullptr ? nullptr : bias + (int64) head * queries * keys;
    result.queries = queries;
    result.keys = keys;
    result.causal = causal;
    result.sight = sights[example];
    result.first_score = ((int64) example * heads + head) * queries * keys;
    result.own_key = random_key == nullptr ? 0 : random_bits(*random_key, salt);
    result.rate = rate;
    result.factor = 1.0f / (1.0f - rate);
    return result;
}

// The first key that no query of a tile sees, nor any behind it.
__device__ inline int end_of_keys(const Head& head, int first_query) {
    if (first_query < head.sight.from) {
        return head.keys;
    }
    int behind = head.causal ? max(first_query + TILE, head.sight.first_end) : head.keys;
    return min(head.sight.end, behind);
}

// The first query that sees a key of a tile; a multiple of TILE or beyond all.
__device__ inline int first_of_queries(const Head& head, int first_key) {
    if (head.sight.from > 0) {
        return 0;
    }
    if (first_key >= head.sight.end) {
        return head.queries;
    }
    return head.causal && first_key >= head.sight.first_end ? first_key : 0;
}

// Copies TILE rows of a head; rows beyond the last one are zeros.
__device__ inline void load_tile(bfloat16* tile, const bfloat16* rows, int first, int length, int pitch) {
    for (int i = threadIdx.x; i < TILE * WIDTH / 8; i += BLOCK) {
        int row = i / (WIDTH / 8);
        int column = i % (WIDTH / 8) * 8;
        uint4 part = make_uint4(0, 0, 0, 0);
        if (first + row < length) {
            part = *(const uint4*) (rows + (int64) (first + row) * pitch + column);
        }
        *(uint4*) (tile + row * PITCH + column) = part;
    }
}

__device__ inline void load_flags(
        unsigned char* flags, const int* key_mask, const int* prefix, int first, int keys) {
    for (int i = threadIdx.x; i < TILE; i += BLOCK) {
        int key = first + i;
        int flag = key < keys ? 0 : BEYOND;
        if (key < keys) {
            flag |= key_mask != nullptr && key_mask[key] == 0 ? PADDED : 0;
            flag |= prefix != nullptr && prefix[key] != 0 ? FIRST : 0;
        }
        flags[i] = (unsigned char) flag;
    }
}

// What the kernels of the gradient know of each query of a tile; nobody's probabilities are 0.
__device__ inline void load_of_queries(
        float* of_tile, const float* of_queries, int first, int queries, float of_nobody) {
    for (int i = threadIdx.x; i < TILE; i += BLOCK) {
        of_tile[i] = first + i < queries ? of_queries[first + i] : of_nobody;
    }
}

// The score of a key, times log2(e), of its product with a query.
__device__ inline float score_of(const Head& head, float product, int query, int key, int flag) {
    bool padded = flag & PADDED;
    bool behind = head.causal && key > query && !(flag & FIRST);
    bool beyond = (flag & BEYOND) || query >= head.queries;
    if (beyond || (query >= head.sight.from && (padded || behind))) {
        return -INFINITY_OF_FLOAT;
    }
#if BIASED
    product += head.bias[(int64) query * head.keys + key];
#endif
    return product * LOG2E;
}

// What dropout multiplies a probability with.
__device__ inline float kept_factor(const Head& head, int query, int key) {
#if DROPS
    int64 at = head.first_score + (int64) query * head.keys + key;
    return random_uniform(head.own_key, at) >= head.rate ? head.factor : 0.0f;
#else
    return 1.0f;
#endif
}

// Rows `first` to `first` + 16 of a tile as the left matrix of products.
__device__ inline void load_left(unsigned (&left)[STEPS][4], const bfloat16* tile, int first) {
    int lane = threadIdx.x % WARP;
#pragma unroll
    for (int step = 0; step < STEPS; step++) {
        load_fragments(left[step], tile + (first + lane % 16) * PITCH + step * GROUP + lane / 16 * 8);
    }
}

// The products of sixteen rows with rows `first` to `first` + 16 of a tile: 16 x 16 in two halves.
__device__ inline void multiply_rows(
        float (&products)[2][4], const unsigned (&left)[STEPS][4], const bfloat16* tile, int first) {
    int lane = threadIdx.x % WARP;
#pragma unroll
    for (int i = 0; i < 4; i++) {
        products[0][i] = 0.0f;
        products[1][i] = 0.0f;
    }
#pragma unroll
    for (int step = 0; step < STEPS; step++) {
        unsigned right[4];
        int row = first + lane / 16 * 8 + lane % 8;
        load_fragments(right, tile + row * PITCH + step * GROUP + lane / 8 % 2 * 8);
        multiply_fragments(products[0], left[step], right[0], right[1]);
        multiply_fragments(products[1], left[step], right[2], right[3]);
    }
}

// Adds the product of 16 x 16 weights with rows `first` to `first` + 16 of a tile.
__device__ inline void add_weighed_rows(
        float (&sums)[STEPS * 2][4], const float (&weights)[2][4], const bfloat16* tile, int first) {
    int lane = threadIdx.x % WARP;
    unsigned left[4] = {
        to_bfloat16_pair(weights[0][0], weights[0][1]),
        to_bfloat16_pair(weights[0][2], weights[0][3]),
        to_bfloat16_pair(weights[1][0], weights[1][1]),
        to_bfloat16_pair(weights[1][2], weights[1][3])};
#pragma unroll
    for (int step = 0; step < STEPS; step++) {
        unsigned right[4];
        load_fragments_transposed(right, tile + (first + lane % 16) * PITCH + step * GROUP + lane / 16 * 8);
        multiply_fragments(sums[step * 2], left, right[0], right[1]);
        multiply_fragments(sums[step * 2 + 1], left, right[2], right[3]);
    }
}

__device__ inline void clear(float (&sums)[STEPS * 2][4]) {
#pragma unroll
    for (int step = 0; step < STEPS * 2; step++) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            sums[step][i] = 0.0f;
        }
    }
}

// Where the element i of a product of 16 x 16 is that this lane has: its row, and its column in either half.
__device__ inline int row_of(int i) { return threadIdx.x % WARP / 4 + i / 2 * 8; }
__device__ inline int column_of(int half, int i) { return half * 8 + threadIdx.x % 4 * 2 + i % 2; }

// Writes the rows that there are of a warp's sixteen.
template <typename T>
__device__ inline void store_rows(T* rows, const float (&sums)[STEPS * 2][4], int first, int length, int pitch) {
#pragma unroll
    for (int step = 0; step < STEPS * 2; step++) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            int row = first + row_of(i);
            if (row < length) {
                store(rows + (int64) row * pitch + step * 8 + threadIdx.x % 4 * 2 + i % 2, sums[step][i]);
            }
        }
    }
}

// Sums and maxima over the four lanes that have a row together.
__device__ inline float sum_of_row(float x) {
    x += __shfl_xor_sync(ALL_LANES, x, 1);
    return x + __shfl_xor_sync(ALL_LANES, x, 2);
}

__device__ inline float max_of_row(float x) {
    x = fmaxf(x, __shfl_xor_sync(ALL_LANES, x, 1));
    return fmaxf(x, __shfl_xor_sync(ALL_LANES, x, 2));
}

// Blocks: tiles of queries, heads, examples.
KERNEL __launch_bounds__(128) attention(
        const bfloat16* query, const bfloat16* key, const bfloat16* value, const float* bias, const int* key_mask,
        const int* prefix, const uint64* random_key, const Sight* sights, MIXED* mixed, float* log_sum_exp, int queries,
        int keys, int causal, float rate, uint64 salt) {
    __shared__ uint4 of_keys[TILE * PITCH / 8];
    __shared__ uint4 of_values[TILE * PITCH / 8];
    __shared__ unsigned char flags[TILE];
    bfloat16* key_tile = (bfloat16*) of_keys;
    bfloat16* value_tile = (bfloat16*) of_values;
    int own_head = blockIdx.y;
    int example = blockIdx.z;
    int heads = gridDim.y;
    int pitch = heads * WIDTH;
    int warp_row = threadIdx.x / WARP * GROUP;
    int first_query = blockIdx.x * TILE;
    int64 query_rows = (int64) example * queries * pitch + own_head * WIDTH;
    int64 key_rows = (int64) example * keys * pitch + own_head * WIDTH;
    const int* own_mask = key_mask == nullptr ? nullptr : key_mask + (int64) example * keys;
    const int* own_prefix = prefix == nullptr ? nullptr : prefix + (int64) example * keys;
    Head head =
            head_of(bias, random_key, sights, queries, keys, heads, causal, own_head, example, rate, salt);

    load_tile(key_tile, query + query_rows, first_query, queries, pitch);
    __syncthreads();
    unsigned left[STEPS][4];
    load_left(left, key_tile, warp_row);
    float sums[STEPS * 2][4];
    clear(sums);
    float greatest[2] = {-INFINITY_OF_FLOAT, -INFINITY_OF_FLOAT};
    float weight_sum[2] = {0.0f, 0.0f};
    int end = end_of_keys(head, first_query);
    for (int first_key = 0; first_key < end; first_key += TILE) {
        __syncthreads();
        load_tile(key_tile, key + key_rows, first_key, keys, pitch);
        load_tile(value_tile, value + key_rows, first_key, keys, pitch);
        load_flags(flags, own_mask, own_prefix, first_key, keys);
        __syncthreads();

        float scores[GROUPS][2][4];
        float tile_greatest[2] = {greatest[0], greatest[1]};
#pragma unroll
        for (int group = 0; group < GROUPS; group++) {
            multiply_rows(scores[group], left, key_tile, group * GROUP);
#pragma unroll
            for (int half = 0; half < 2; half++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    int column = group * GROUP + column_of(half, i);
                    float score = score_of(
                            head, scores[group][half][i], first_query + warp_row + row_of(i), first_key + column,
                            flags[column]);
                    scores[group][half][i] = score;
                    tile_greatest[i / 2] = fmaxf(tile_greatest[i / 2], score);
                }
            }
        }
        float base[2];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            tile_greatest[i] = max_of_row(tile_greatest[i]);
            // of a row that has seen no key yet nothing is left, whatever it is compared with
            base[i] = tile_greatest[i] == -INFINITY_OF_FLOAT ? 0.0f : tile_greatest[i];
            float shrinking = exp2f(greatest[i] - base[i]);
            greatest[i] = tile_greatest[i];
            weight_sum[i] *= shrinking;
#pragma unroll
            for (int step = 0; step < STEPS * 2; step++) {
                sums[step][i * 2] *= shrinking;
                sums[step][i * 2 + 1] *= shrinking;
            }
        }
#pragma unroll
        for (int group = 0; group < GROUPS; group++) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    float weight = exp2f(scores[group][half][i] - base[i / 2]);
                    weight_sum[i / 2] += weight;
                    int column = first_key + group * GROUP + column_of(half, i);
                    scores[group][half][i] =
                            weight * kept_factor(head, first_query + warp_row + row_of(i), column);
                }
            }
            add_weighed_rows(sums, scores[group], value_tile, group * GROUP);
        }
    }

#pragma unroll
    for (int i = 0; i < 2; i++) {
        float sum = sum_of_row(weight_sum[i]);
        float inverse = 1.0f / sum;
#pragma unroll
        for (int step = 0; step < STEPS * 2; step++) {
            sums[step][i * 2] *= inverse;
            sums[step][i * 2 + 1] *= inverse;
        }
        int row = first_query + warp_row + row_of(i * 2);
        if (row < queries && threadIdx.x % 4 == 0) {
            log_sum_exp[((int64) example * heads + own_head) * queries + row] = greatest[i] * LN2 + logf(sum);
        }
    }
    store_rows(mixed + query_rows, sums, first_query + warp_row, queries, pitch);
}

// The products of the mixed values and their gradients, row by row: what the gradients of a row's scores have in common. A
// warp for each row of a head.
KERNEL products_of_rows(
        const bfloat16* gradient, const MIXED* mixed, float* result, int64 rows, int queries, int heads) {
    int lane = threadIdx.x % WARP;
    for (int64 row = global_thread() / WARP; row < rows; row += global_threads() / WARP) {
        float sum = 0.0f;
        for (int i = lane; i < WIDTH; i += WARP) {
            sum += load(gradient + row * WIDTH + i) * load(mixed + row * WIDTH + i);
        }
        sum = warp_sum(sum);
        if (lane == 0) {
            int64 head = row % heads;
            int64 query = row / heads % queries;
            int64 example = row / heads / queries;
            result[(example * heads + head) * queries + query] = sum;
        }
    }
}

// From products to the probabilities after dropout and the gradients of the scores. One side's rows are a warp's own, the
// other side's are the columns.
struct Weights {
    float applied;
    float of_score;
};

__device__ inline Weights weights_of(
        const Head& head, float product, float of_applied, int query, int key, int flag, float log_sum_exp,
        float common) {
    float probability = exp2f(score_of(head, product, query, key, flag) - log_sum_exp * LOG2E);
    float factor = kept_factor(head, query, key);
    Weights weights;
    weights.applied = probability * factor;
    weights.of_score = probability * (of_applied * factor - common);
    return weights;
}

// Blocks: tiles of queries, heads, examples.
KERNEL __launch_bounds__(128) query_gradient(
        const bfloat16* gradient, const bfloat16* query, const bfloat16* key, const bfloat16* value, const float* bias,
        const int* key_mask, const int* prefix, const uint64* random_key, const Sight* sights, const float* log_sum_exp,
        const float* common, OF_QUERY* result, int queries, int keys, int causal, float rate, uint64 salt) {
    __shared__ uint4 of_keys[TILE * PITCH / 8];
    __shared__ uint4 of_values[TILE * PITCH / 8];
    __shared__ unsigned char flags[TILE];
    bfloat16* key_tile = (bfloat16*) of_keys;
    bfloat16* value_tile = (bfloat16*) of_values;
    int own_head = blockIdx.y;
    int example = blockIdx.z;
    int heads = gridDim.y;
    int pitch = heads * WIDTH;
    int warp_row = threadIdx.x / WARP * GROUP;
    int first_query = blockIdx.x * TILE;
    int64 query_rows = (int64) example * queries * pitch + own_head * WIDTH;
    int64 key_rows = (int64) example * keys * pitch + own_head * WIDTH;
    int64 of_rows = ((int64) example * heads + own_head) * queries;
    const int* own_mask = key_mask == nullptr ? nullptr : key_mask + (int64) example * keys;
    const int* own_prefix = prefix == nullptr ? nullptr : prefix + (int64) example * keys;
    Head head =
            head_of(bias, random_key, sights, queries, keys, heads, causal, own_head, example, rate, salt);

    load_tile(key_tile, query + query_rows, first_query, queries, pitch);
    load_tile(value_tile, gradient + query_rows, first_query, queries, pitch);
    __syncthreads();
    unsigned left[STEPS][4];
    unsigned upstream[STEPS][4];
    load_left(left, key_tile, warp_row);
    load_left(upstream, value_tile, warp_row);
    float own_log_sum_exp[2];
    float own_common[2];
#pragma unroll
    for (int i = 0; i < 2; i++) {
        int row = first_query + warp_row + row_of(i * 2);
        own_log_sum_exp[i] = row < queries ? log_sum_exp[of_rows + row] : INFINITY_OF_FLOAT;
        own_common[i] = row < queries ? common[of_rows + row] : 0.0f;
    }
    float sums[STEPS * 2][4];
    clear(sums);
    int end = end_of_keys(head, first_query);
    for (int first_key = 0; first_key < end; first_key += TILE) {
        __syncthreads();
        load_tile(key_tile, key + key_rows, first_key, keys, pitch);
        load_tile(value_tile, value + key_rows, first_key, keys, pitch);
        load_flags(flags, own_mask, own_prefix, first_key, keys);
        __syncthreads();
#pragma unroll 1
        for (int group = 0; group < GROUPS; group++) {
            float products[2][4];
            float of_applied[2][4];
            multiply_rows(products, left, key_tile, group * GROUP);
            multiply_rows(of_applied, upstream, value_tile, group * GROUP);
#pragma unroll
            for (int half = 0; half < 2; half++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    int column = group * GROUP + column_of(half, i);
                    products[half][i] = weights_of(
                            head, products[half][i], of_applied[half][i], first_query + warp_row + row_of(i),
                            first_key + column, flags[column], own_log_sum_exp[i / 2], own_common[i / 2]).of_score;
                }
            }
            add_weighed_rows(sums, products, key_tile, group * GROUP);
        }
    }
    store_rows(result + query_rows, sums, first_query + warp_row, queries, pitch);
}

// Blocks: tiles of keys, heads, examples. The rows of a warp's products are keys, their columns queries.
KERNEL __launch_bounds__(128) key_and_value_gradient(
        const bfloat16* gradient, const bfloat16* query, const bfloat16* key, const bfloat16* value, const float* bias,
        const int* key_mask, const int* prefix, const uint64* random_key, const Sight* sights, const float* log_sum_exp,
        const float* common, OF_KEY* of_key, OF_VALUE* of_value, int queries, int keys, int causal, float rate,
        uint64 salt) {
    __shared__ uint4 of_queries[TILE * PITCH / 8];
    __shared__ uint4 of_gradients[TILE * PITCH / 8];
    __shared__ float tile_log_sum_exp[TILE];
    __shared__ float tile_common[TILE];
    __shared__ unsigned char flags[TILE];
    bfloat16* query_tile = (bfloat16*) of_queries;
    bfloat16* gradient_tile = (bfloat16*) of_gradients;
    int own_head = blockIdx.y;
    int example = blockIdx.z;
    int heads = gridDim.y;
    int pitch = heads * WIDTH;
    int warp_row = threadIdx.x / WARP * GROUP;
    int first_key = blockIdx.x * TILE;
    int64 query_rows = (int64) example * queries * pitch + own_head * WIDTH;
    int64 key_rows = (int64) example * keys * pitch + own_head * WIDTH;
    int64 of_rows = ((int64) example * heads + own_head) * queries;
    const int* own_mask = key_mask == nullptr ? nullptr : key_mask + (int64) example * keys;
    const int* own_prefix = prefix == nullptr ? nullptr : prefix + (int64) example * keys;
    Head head =
            head_of(bias, random_key, sights, queries, keys, heads, causal, own_head, example, rate, salt);

    load_tile(query_tile, key + key_rows, first_key, keys, pitch);
    load_tile(gradient_tile, value + key_rows, first_key, keys, pitch);
    load_flags(flags, own_mask, own_prefix, first_key, keys);
    __syncthreads();
    unsigned left[STEPS][4];
    unsigned values[STEPS][4];
    load_left(left, query_tile, warp_row);
    load_left(values, gradient_tile, warp_row);
    int own_flags[2] = {flags[warp_row + row_of(0)], flags[warp_row + row_of(2)]};
    float key_sums[STEPS * 2][4];
    float value_sums[STEPS * 2][4];
    clear(key_sums);
    clear(value_sums);
    for (int first_query = first_of_queries(head, first_key); first_query < queries; first_query += TILE) {
        __syncthreads();
        load_tile(query_tile, query + query_rows, first_query, queries, pitch);
        load_tile(gradient_tile, gradient + query_rows, first_query, queries, pitch);
        load_of_queries(tile_log_sum_exp, log_sum_exp + of_rows, first_query, queries, INFINITY_OF_FLOAT);
        load_of_queries(tile_common, common + of_rows, first_query, queries, 0.0f);
        __syncthreads();
#pragma unroll 1
        for (int group = 0; group < GROUPS; group++) {
            float products[2][4];
            float of_applied[2][4];
            multiply_rows(products, left, query_tile, group * GROUP);
            multiply_rows(of_applied, values, gradient_tile, group * GROUP);
#pragma unroll
            for (int half = 0; half < 2; half++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    int column = group * GROUP + column_of(half, i);
                    Weights weights = weights_of(
                            head, products[half][i], of_applied[half][i], first_query + column,
                            first_key + warp_row + row_of(i), own_flags[i / 2], tile_log_sum_exp[column],
                            tile_common[column]);
                    products[half][i] = weights.of_score;
                    of_applied[half][i] = weights.applied;
                }
            }
            add_weighed_rows(value_sums, of_applied, gradient_tile, group * GROUP);
            add_weighed_rows(key_sums, products, query_tile, group * GROUP);
        }
    }
    store_rows(of_key + key_rows, key_sums, first_key + warp_row, keys, pitch);
    store_rows(of_value + key_rows, value_sums, first_key + warp_row, keys, pitch);
}

// Blocks: tiles of keys, tiles of queries, heads; sums over the examples in their order.
KERNEL __launch_bounds__(128) bias_gradient(
        const bfloat16* gradient, const bfloat16* query, const bfloat16* key, const bfloat16* value, const float* bias,
        const int* key_mask, const int* prefix, const uint64* random_key, const Sight* sights, const float* log_sum_exp,
        const float* common, float* result, int examples, int queries, int keys, int causal, float rate, uint64 salt) {
    __shared__ uint4 of_first[TILE * PITCH / 8];
    __shared__ uint4 of_second[TILE * PITCH / 8];
    __shared__ unsigned char flags[TILE];
    bfloat16* first_tile = (bfloat16*) of_first;
    bfloat16* second_tile = (bfloat16*) of_second;
    int own_head = blockIdx.z;
    int heads = gridDim.z;
    int pitch = heads * WIDTH;
    int warp_row = threadIdx.x / WARP * GROUP;
    int first_key = blockIdx.x * TILE;
    int first_query = blockIdx.y * TILE;
    float sums[GROUPS][2][4];
#pragma unroll
    for (int group = 0; group < GROUPS; group++) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            sums[group][0][i] = 0.0f;
            sums[group][1][i] = 0.0f;
        }
    }
    for (int example = 0; example < examples; example++) {
        Head head =
                head_of(bias, random_key, sights, queries, keys, heads, causal, own_head, example, rate, salt);
        if (first_key >= end_of_keys(head, first_query)) {
            continue;
        }
        int64 query_rows = (int64) example * queries * pitch + own_head * WIDTH;
        int64 key_rows = (int64) example * keys * pitch + own_head * WIDTH;
        int64 of_rows = ((int64) example * heads + own_head) * queries;
        const int* own_mask = key_mask == nullptr ? nullptr : key_mask + (int64) example * keys;
        const int* own_prefix = prefix == nullptr ? nullptr : prefix + (int64) example * keys;
        __syncthreads();
        load_tile(first_tile, query + query_rows, first_query, queries, pitch);
        load_tile(second_tile, gradient + query_rows, first_query, queries, pitch);
        __syncthreads();
        unsigned left[STEPS][4];
        unsigned upstream[STEPS][4];
        load_left(left, first_tile, warp_row);
        load_left(upstream, second_tile, warp_row);
        float own_log_sum_exp[2];
        float own_common[2];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            int row = first_query + warp_row + row_of(i * 2);
            own_log_sum_exp[i] = row < queries ? log_sum_exp[of_rows + row] : INFINITY_OF_FLOAT;
            own_common[i] = row < queries ? common[of_rows + row] : 0.0f;
        }
        __syncthreads();
        load_tile(first_tile, key + key_rows, first_key, keys, pitch);
        load_tile(second_tile, value + key_rows, first_key, keys, pitch);
        load_flags(flags, own_mask, own_prefix, first_key, keys);
        __syncthreads();
#pragma unroll
        for (int group = 0; group < GROUPS; group++) {
            // one group after the other: together they take more registers than there are
            __syncwarp();
            float products[2][4];
            float of_applied[2][4];
            multiply_rows(products, left, first_tile, group * GROUP);
            multiply_rows(of_applied, upstream, second_tile, group * GROUP);
#pragma unroll
            for (int half = 0; half < 2; half++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    int column = group * GROUP + column_of(half, i);
                    sums[group][half][i] += weights_of(
                            head, products[half][i], of_applied[half][i], first_query + warp_row + row_of(i),
                            first_key + column, flags[column], own_log_sum_exp[i / 2], own_common[i / 2]).of_score;
                }
            }
        }
    }
#pragma unroll
    for (int group = 0; group < GROUPS; group++) {
#pragma unroll
        for (int half = 0; half < 2; half++) {
#pragma unroll
            for (int i = 0; i < 4; i++) {
                int row = first_query + warp_row + row_of(i);
                int column = first_key + group * GROUP + column_of(half, i);
                if (row < queries && column < keys) {
                    result[((int64) own_head * queries + row) * keys + column] = sums[group][half][i];
                }
            }
        }
    }
}
