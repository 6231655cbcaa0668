//! From places on the card to places in the picture, and the perspective between them.

/// The way from the card (strokes) to the picture (pixels): a projective map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    map: [f32; 8],
    from: [f32; 2],
    size: [f32; 2],
}

impl Plane {
    /// The map that takes an upright rectangle of the card to four corners in the picture, both clockwise from the upper left. None where
    /// the corners do not make a quadrangle that bulges everywhere.
    pub(super) fn through(picture: [[f32; 2]; 4], card: [[f32; 2]; 4]) -> Option<Self> {
        let turn = |n: usize| {
            let [a, b, c] = [0, 1, 2].map(|off| picture[(n + off) % 4]);
            (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        };
        if !(0..4).all(|n| turn(n) > 1.0) {
            return None;
        }
        // Unit square to quadrangle (P. Heckbert, Fundamentals of Texture Mapping and Image Warping, 1989, §2.2.3).
        let [p0, p1, p2, p3] = picture;
        let sum = [0, 1].map(|axis| p0[axis] - p1[axis] + p2[axis] - p3[axis]);
        let (d1, d2) = ([p1[0] - p2[0], p1[1] - p2[1]], [p3[0] - p2[0], p3[1] - p2[1]]);
        let det = d1[0] * d2[1] - d2[0] * d1[1];
        let along = (sum[0] * d2[1] - d2[0] * sum[1]) / det;
        let down = (d1[0] * sum[1] - sum[0] * d1[1]) / det;
        let map = [
            p1[0] - p0[0] + along * p1[0],
            p3[0] - p0[0] + down * p3[0],
            p0[0],
            p1[1] - p0[1] + along * p1[1],
            p3[1] - p0[1] + down * p3[1],
            p0[1],
            along,
            down,
        ];
        let size = [card[2][0] - card[0][0], card[2][1] - card[0][1]];
        map.iter().all(|part| part.is_finite()).then_some(Self { map, from: card[0], size })
    }

    /// Where a place of the card is in the picture.
    pub(super) fn to_picture(self, place: [f32; 2]) -> [f32; 2] {
        let [u, v] = [0, 1].map(|axis| (place[axis] - self.from[axis]) / self.size[axis]);
        let map = &self.map;
        // Beside the card the divisor may vanish; such a place is far outside of every picture.
        let divisor = (map[6] * u + map[7] * v + 1.0).max(1e-3);
        [(map[0] * u + map[1] * v + map[2]) / divisor, (map[3] * u + map[4] * v + map[5]) / divisor]
    }
}
