// Two queues in a row with blocking after service, event by event, with the same draws as caresim's rules.
// With -DALL=1 it also follows people up for 91 days and counts all that caresim counts of this case, by month, day and
// year; with -DALL=0 only starts and minutes waited at either station.
// Arguments: key first_strip strips levels rate servers_1 servers_2 mean_1 mean_2 purpose_1 purpose_2 runs calendar counts
// calendar: a file of 64-bit integers, four lists with their lengths before them; counts: a file to write.
// Prints: seconds of the fastest run, clock events, starts and minutes waited at either station.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

using u64 = uint64_t;
using i64 = int64_t;
using u32 = uint32_t;

static const i64 DAY = 1440, STAYS = 121;
static u64 key;

static double unit(u64 high, u64 low) { return (double(((high << 32) | low) >> 12) + 0.5) * 0x1p-52; }

// Philox4x32-10
static std::pair<double, double> two_uniforms(u64 person, u64 purpose, u64 occurrence) {
    u32 c0 = person, c1 = purpose, c2 = occurrence, c3 = occurrence >> 32, k0 = key, k1 = key >> 32;
    for (int i = 0; i < 10; i++) {
        u64 p0 = 0xD2511F53ull * c0, p1 = 0xCD9E8D57ull * c2;
        u32 n0 = u32(p1 >> 32) ^ c1 ^ k0, n2 = u32(p0 >> 32) ^ c3 ^ k1;
        c1 = u32(p1); c3 = u32(p0); c0 = n0; c2 = n2;
        k0 += 0x9E3779B9u; k1 += 0xBB67AE85u;
    }
    return {unit(c0, c1), unit(c2, c3)};
}

static i64 minutes(double mean_days, u64 person, u64 purpose) {
    double days = -mean_days * std::log(two_uniforms(person, purpose, 0).first);
    return std::max<i64>(1, i64(std::min(days, 36500.0) * DAY + 0.5));
}

struct Calendar { std::vector<i64> month_start, month_of_day, year_of_month, year_start; };

struct Level {  // minutes within the month of a change, and the change that lasts beyond it
    i64 within, lasting;
    void change(i64 by, i64 left) { within += by * left; lasting += by; }
};

enum { ADMITTED, ASKED, REFERRED, DISCHARGED, REABLEMENT, INDEPENDENT, NEW, AT_HOME, LEFT, EMERGENCIES, FLOWS };
struct Month { i64 flow[FLOWS], waits[3]; Level use[2][2]; i64 count[2][3]; Level beds, away, stock, charged; i64 supported; };
struct Day { i64 level[2][2], delayed[2]; };
struct Year { i64 distinct, chain[2], charged_chain[2], pathway_chain, stays[STAYS]; };

enum Kind { STEP = 4, DAY_91 = 11, EXIT = 12 };
struct Person { u64 number; i64 asked, came, ready, support, check; bool at_home; };
struct Clock { u64 moment; u32 slot; bool operator>(const Clock &other) const { return moment > other.moment; } };

struct Tandem {
    i64 first_strip, strips, levels, servers[2];
    double rate, mean[2];
    u64 purpose[2];
    Calendar calendar;
    std::vector<double> times;
    std::vector<i64> counts;
    std::vector<std::vector<Clock>> later;  // clocks of later days, in no order
    std::priority_queue<Clock, std::vector<Clock>, std::greater<Clock>> clocks;  // those of the open day
    std::deque<u32> queue[2];
    std::vector<Person> people;
    std::vector<u32> free;
    std::vector<Month> months;
    std::vector<Day> days;
    std::vector<Year> years;
    i64 in_use[2] = {0, 0}, starts[2] = {0, 0}, waited[2] = {0, 0}, events = 0, open = 0, horizon = 0;

    // Arrivals up to a day: candidates of fixed strips of rates, thinned to the rate.
    std::vector<std::pair<i64, u64>> arrivals_until(double end_minute) {
        std::vector<std::pair<i64, u64>> found;
        for (i64 level = 0; level < levels; level++) {
            double height = level ? std::ldexp(1.0, level - 1) : 1.0, floor = level ? height : 0.0;
            for (;;) {
                u64 person = (1 << 24) + counts[level] * strips + first_strip + level;
                auto [gap, where] = two_uniforms(person, 0, 0);
                double time = times[level] - std::log(gap) / height;
                if (time * DAY >= end_minute) break;
                times[level] = time;
                counts[level]++;
                if (floor + where * height < rate) found.push_back({i64(time * DAY), person});
            }
        }
        std::sort(found.begin(), found.end());
        return found;
    }

    void ring(i64 at, u32 slot, Kind kind) {
        if (at >= horizon) return;
        Clock clock{u64(at) << 38 | people[slot].number << 4 | kind, slot};
        if (at / DAY > open) later[at / DAY].push_back(clock);
        else clocks.push(clock);
    }

    i64 month_at(i64 now) { return calendar.month_of_day[u64(now) / DAY]; }
    i64 year_at(i64 now) { return calendar.year_of_month[month_at(now)]; }
    i64 left_of_month(i64 now) { return calendar.month_start[month_at(now) + 1] - now; }

    void pool_level(i64 now, int station, int which, i64 by) {
        if (!ALL) return;
        months[month_at(now)].use[station][which].change(by, left_of_month(now));
        days[u64(now) / DAY + 1].level[station][which] += by;
    }

    void bed_level(i64 now, i64 by) {
        if (!ALL) return;
        Month &month = months[month_at(now)];
        month.beds.change(by, left_of_month(now));
        month.away.change(by, left_of_month(now));
    }

    // Somebody begins or ends with support: stock, and what their chain of support uses.
    void support_level(i64 from, i64 now, i64 by) {
        if (!ALL) return;
        Month &month = months[month_at(now)];
        month.stock.change(by, left_of_month(now));
        month.charged.change(by, left_of_month(now));
        month.supported += by;
        i64 y = year_at(from);
        i64 left[2] = {calendar.year_start[y + 1] - now, std::min(from + 364 * DAY, horizon) - now};
        for (int window = 0; window < 2; window++)
            if (left[window] > 0) {
                years[y].chain[window] += by * left[window];
                years[y].charged_chain[window] += by * left[window];
            }
        if (left[1] > 0) years[y].pathway_chain += by * left[1];
    }

    void delayed(i64 now, i64 by) {
        if (!ALL) return;
        days[u64(now) / DAY + 1].delayed[0] += by;
        days[u64(now) / DAY + 1].delayed[1] += by;
    }

    void ask(int station, u32 slot, i64 now) {
        people[slot].asked = now;
        queue[station].push_back(slot);
        if (ALL) months[month_at(now)].count[station][0]++;
        pool_level(now, station, 1, 1);
    }

    void begin_stay(u32 slot, i64 now) {
        people[slot].came = now;
        bed_level(now, 1);
        ring(now + minutes(mean[0], people[slot].number, purpose[0]), slot, STEP);
    }

    void begin_episode(u32 slot, i64 now) {
        Person &p = people[slot];
        p.support = now;
        in_use[0]--;
        pool_level(now, 0, 0, -1);
        if (ALL) {
            Month &month = months[month_at(now)];
            for (int what : {REABLEMENT, NEW, DISCHARGED, EMERGENCIES}) month.flow[what]++;
            if (now > p.ready) {
                month.waits[0]++;
                month.waits[1] += now - p.ready;
                month.waits[2] += now / DAY - p.ready / DAY;
            }
            years[year_at(now)].stays[std::min((now - p.came) / DAY, STAYS - 1)]++;
            p.check = now + 91 * DAY;
            ring(p.check, slot, DAY_91);
        }
        support_level(now, now, 1);
        delayed(now, -1);
        bed_level(now, -1);
        ring(now + minutes(mean[1], p.number, purpose[1]), slot, STEP);
    }

    void grant(int station, i64 now) {
        u32 slot = queue[station].front();
        queue[station].pop_front();
        in_use[station]++;
        starts[station]++;
        waited[station] += now - people[slot].asked;
        if (ALL) {
            months[month_at(now)].count[station][1]++;
            months[month_at(now)].count[station][2] += now - people[slot].asked;
        }
        pool_level(now, station, 1, -1);
        pool_level(now, station, 0, 1);
        if (station == 0) begin_stay(slot, now);
        else begin_episode(slot, now);
    }

    void settle(i64 now) {
        for (;;) {
            if (!queue[0].empty() && in_use[0] < servers[0]) grant(0, now);
            else if (!queue[1].empty() && in_use[1] < servers[1]) grant(1, now);
            else return;
        }
    }

    void ready(u32 slot, i64 now) {
        people[slot].ready = now;
        if (ALL) {
            months[month_at(now)].flow[ASKED]++;
            months[month_at(now)].flow[REFERRED]++;
        }
        delayed(now, 1);
        ask(1, slot, now);
    }

    void count_years(const Person &p, i64 now) {
        for (i64 y = year_at(p.support); y <= year_at(now); y++) years[y].distinct++;
    }

    void episode_done(u32 slot, i64 now) {
        Person &p = people[slot];
        in_use[1]--;
        pool_level(now, 1, 0, -1);
        support_level(p.support, now, -1);
        if (!ALL) return leave(slot);
        months[month_at(now)].flow[INDEPENDENT]++;
        count_years(p, now);
        p.at_home = true;
        if (p.check <= now) gone(slot, now);
        else ring(p.check, slot, EXIT);
    }

    void gone(u32 slot, i64 now) {
        months[month_at(now)].flow[LEFT]++;
        leave(slot);
    }

    void leave(u32 slot) {
        people[slot].number = 0;
        free.push_back(slot);
    }

    void enter(i64 now, u64 number) {
        if (free.empty()) {
            free.push_back(u32(people.size()));
            people.emplace_back();
        }
        u32 slot = free.back();
        free.pop_back();
        people[slot] = Person{number, 0, 0, 0, -1, 0, false};
        if (ALL) months[month_at(now)].flow[ADMITTED]++;
        ask(0, slot, now);
    }

    void next_clock(i64 now) {
        Clock clock = clocks.top();
        clocks.pop();
        Kind kind = Kind(clock.moment & 15);
        if (kind == DAY_91) months[month_at(now)].flow[AT_HOME]++;
        else if (kind == EXIT) gone(clock.slot, now);
        else if (people[clock.slot].support < 0) ready(clock.slot, now);
        else episode_done(clock.slot, now);
    }

    void open_days_until(i64 day) {
        while (clocks.empty() && open < day) {
            for (Clock clock : later[++open]) clocks.push(clock);
            std::vector<Clock>().swap(later[open]);
        }
    }

    void make_room() {
        horizon = calendar.month_start.back();
        times.assign(levels, 0.0);
        counts.assign(levels, 0);
        later.assign(horizon / DAY + 1, {});
        months.assign(calendar.month_start.size() - 1, Month{});
        days.assign(horizon / DAY + 1, Day{});
        years.assign(calendar.year_start.size() - 1, Year{});
    }

    void run() {
        make_room();
        std::vector<std::pair<i64, u64>> coming;
        size_t next = 0;
        i64 generated = 0;
        for (;;) {
            while (next == coming.size() && generated < horizon) {
                generated = std::min(horizon, generated + 30 * DAY);
                coming = arrivals_until(double(generated));
                next = 0;
            }
            i64 arrival = next < coming.size() ? coming[next].first : horizon;
            open_days_until(std::min(arrival, horizon - 1) / DAY);
            i64 clock = clocks.empty() ? horizon : i64(clocks.top().moment >> 38);
            i64 now = std::min(arrival, clock);
            if (now >= horizon) break;
            for (; !clocks.empty() && i64(clocks.top().moment >> 38) == now; events++) next_clock(now);
            for (; next < coming.size() && coming[next].first == now; next++, events++) enter(now, coming[next].second);
            settle(now);
        }
        if (ALL)
            for (const Person &p : people)
                if (p.number && p.support >= 0 && !p.at_home) count_years(p, horizon - 1);
    }
};

static std::vector<i64> read_list(FILE *file) {
    i64 size;
    if (std::fread(&size, sizeof size, 1, file) != 1) std::exit(2);
    std::vector<i64> values(size);
    if (std::fread(values.data(), sizeof(i64), size, file) != size_t(size)) std::exit(2);
    return values;
}

template <class T> static void write_all(const std::vector<T> &values, FILE *file) {
    if (std::fwrite(values.data(), sizeof(T), values.size(), file) != values.size()) std::exit(2);
}

int main(int n, char **a) {
    if (n < 15) return 1;
    key = std::strtoull(a[1], nullptr, 10);
    FILE *file = std::fopen(a[13], "rb");
    if (!file) return 2;
    Calendar calendar;
    for (auto list : {&calendar.month_start, &calendar.month_of_day, &calendar.year_of_month, &calendar.year_start}) *list = read_list(file);
    std::fclose(file);
    double best = 1e9;
    Tandem t;
    for (int r = 0; r < std::atoi(a[12]); r++) {
        t = Tandem{std::atoll(a[2]), std::atoll(a[3]), std::atoll(a[4]), {std::atoll(a[6]), std::atoll(a[7])}, std::atof(a[5]),
                   {std::atof(a[8]), std::atof(a[9])}, {std::strtoull(a[10], nullptr, 10), std::strtoull(a[11], nullptr, 10)}, calendar};
        clock_t begun = std::clock();
        t.run();
        best = std::min(best, double(std::clock() - begun) / CLOCKS_PER_SEC);
    }
    std::printf("%.6f %lld %lld %lld %lld %lld\n", best, (long long)t.events, (long long)t.starts[0], (long long)t.starts[1],
                (long long)t.waited[0], (long long)t.waited[1]);
    file = std::fopen(a[14], "wb");
    if (!file) return 2;
    write_all(t.months, file);
    write_all(t.days, file);
    write_all(t.years, file);
    std::fclose(file);
}
