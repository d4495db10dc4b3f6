/// Within 100 miles, the field's bar for a resolved place (accuracy@161).
pub const NEAR_KM: f64 = 161.0;

/// Great-circle distance of two points in degrees, by the haversine formula, in kilometres.
pub fn kilometres((lat, lon): (f64, f64), (lat2, lon2): (f64, f64)) -> f64 {
    const RADIUS: f64 = 6371.0088;
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let cosines = lat.to_radians().cos() * lat2.to_radians().cos();
    let a = half(lat, lat2) + cosines * half(lon, lon2);
    2.0 * RADIUS * a.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_the_equator_is_111_kilometres() {
        assert!((kilometres((0.0, 0.0), (0.0, 1.0)) - 111.195).abs() < 0.01);
    }

    #[test]
    fn paris_and_london_are_344_kilometres_apart() {
        assert!((kilometres((48.8566, 2.3522), (51.5074, -0.1278)) - 343.6).abs() < 1.0);
    }

    #[test]
    fn the_date_line_is_crossed() {
        assert!(kilometres((0.0, 179.5), (0.0, -179.5)) < NEAR_KM);
    }
}
