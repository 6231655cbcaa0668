//! Maps made smaller and larger: maximum of neighbourhoods, half and double size, and maps laid side by side.

use super::Map;

impl Map {
    /// The maximum of the 3x3 neighbourhood of every second pixel; what lies outside does not count.
    #[must_use]
    pub fn pooled(&self) -> Self {
        let (width, height, channels) = (self.width.div_ceil(2), self.height.div_ceil(2), self.channels);
        let mut data = vec![f32::NEG_INFINITY; width * height * channels];
        for (at, out) in data.chunks_exact_mut(channels).enumerate() {
            let (x, y) = (at % width * 2, at / width * 2);
            for line in y.saturating_sub(1)..(y + 2).min(self.height) {
                for column in x.saturating_sub(1)..(x + 2).min(self.width) {
                    let pixel = &self.data[(line * self.width + column) * channels..][..channels];
                    out.iter_mut().zip(pixel).for_each(|(most, value)| *most = most.max(*value));
                }
            }
        }
        Self { width, height, channels, data }
    }

    /// Half the size: the mean of two by two pixels. Width and height are even.
    #[must_use]
    pub fn halved(&self) -> Self {
        let (width, height, channels) = (self.width / 2, self.height / 2, self.channels);
        let mut data = Vec::with_capacity(width * height * channels);
        for at in 0..width * height {
            let pixel = |dx, dy| {
                let (x, y) = (at % width * 2 + dx, at / width * 2 + dy);
                &self.data[(y * self.width + x) * channels..][..channels]
            };
            let (upper, lower) = (pixel(0, 0).iter().zip(pixel(1, 0)), pixel(0, 1).iter().zip(pixel(1, 1)));
            data.extend(upper.zip(lower).map(|((a, b), (c, d))| (a + b + c + d) * 0.25));
        }
        Self { width, height, channels, data }
    }

    /// Double the size, with linear interpolation between the centres of pixels.
    #[must_use]
    pub fn doubled(&self) -> Self {
        let (width, height, channels) = (self.width * 2, self.height * 2, self.channels);
        let mut data = Vec::with_capacity(width * height * channels);
        for y in 0..height {
            let (near_y, far_y) = neighbours(y, self.height);
            for x in 0..width {
                let (near_x, far_x) = neighbours(x, self.width);
                let pixel = |x: usize, y: usize| &self.data[(y * self.width + x) * channels..][..channels];
                let near = pixel(near_x, near_y).iter().zip(pixel(far_x, near_y));
                let far = pixel(near_x, far_y).iter().zip(pixel(far_x, far_y));
                data.extend(
                    near.zip(far)
                        .map(|((a, b), (c, d))| (a * 0.75 + b * 0.25) * 0.75 + (c * 0.75 + d * 0.25) * 0.25),
                );
            }
        }
        Self { width, height, channels, data }
    }

    /// The channels of this map followed by those of another of the same size.
    #[must_use]
    pub fn beside(&self, other: &Self) -> Self {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let mut data = Vec::with_capacity(self.data.len() + other.data.len());
        for (a, b) in self.data.chunks_exact(self.channels).zip(other.data.chunks_exact(other.channels)) {
            data.extend_from_slice(a);
            data.extend_from_slice(b);
        }
        Self { width: self.width, height: self.height, channels: self.channels + other.channels, data }
    }

    /// Adds another map of the same shape.
    pub fn add(&mut self, other: &Self) {
        assert_eq!(
            (self.width, self.height, self.channels),
            (other.width, other.height, other.channels),
            "maps of one shape"
        );
        self.data.iter_mut().zip(&other.data).for_each(|(a, b)| *a += b);
    }
}

/// The pixel an output pixel of the doubled axis lies in, and the one it leans to; at the edge both are the same.
const fn neighbours(out: usize, length: usize) -> (usize, usize) {
    let near = out / 2;
    let far =
        if out % 2 == 1 { if near + 1 < length { near + 1 } else { near } } else { near.saturating_sub(1) };
    (near, far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(width: usize, height: usize, data: &[f32]) -> Map {
        Map { width, height, channels: data.len() / width / height, data: data.to_vec() }
    }

    #[test]
    fn half_of_double_is_the_same_up_to_a_little_smoothing() {
        let ramp = map(4, 1, &[0.0, 1.0, 2.0, 3.0]);
        assert_eq!(ramp.doubled().data[..8], [0.0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.0]);
        assert_eq!(ramp.doubled().data[..8], ramp.doubled().data[8..]);
        assert_eq!(ramp.doubled().halved().data, [0.125, 1.0, 2.0, 2.875]);
    }

    #[test]
    fn the_maximum_looks_one_pixel_around() {
        let spot = map(4, 2, &[0.0, 0.0, 0.0, 9.0, -1.0, 0.0, 0.0, 0.0]);
        assert_eq!(spot.pooled(), map(2, 1, &[0.0, 9.0]));
        assert_eq!(map(1, 1, &[-3.0]).pooled().data, [-3.0]);
    }

    #[test]
    fn channels_are_put_together_and_added() {
        let (a, b) = (map(2, 1, &[1.0, 2.0]), map(2, 1, &[3.0, 4.0, 5.0, 6.0]));
        assert_eq!(a.beside(&b), map(2, 1, &[1.0, 3.0, 4.0, 2.0, 5.0, 6.0]));
        let mut sum = a.clone();
        sum.add(&a);
        assert_eq!(sum.data, [2.0, 4.0]);
    }
}
